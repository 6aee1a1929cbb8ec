/* The sketch as it is built for an ESP32, run on this computer with sanitizers: an MPU-6500 that
 * counts its reads, a line that may stop taking bytes, a bus that may hang. What is sent goes to
 * standard output, and to standard error how often a write would have waited.
 *
 *   board SECONDS DEAF_FROM DEAF_TO HANG_AT ROOM ADDRESS
 *
 * Times in seconds; ROOM is the line's buffer in bytes, ADDRESS the sensor's, 0 if there is none.
 */
#include <stdlib.h>

#include "Arduino.h"
#include "Wire.h"
#include "esp_timer.h"

#include "imu_reps_sender.ino"

struct simulated_timer {
    esp_timer_create_args_t args;
    uint64_t period_us, next_us;
};

static const uint64_t LOOP_US = 40, HANG_US = 35000; /* so long that ticks go by meanwhile */
static uint64_t now_us, deaf_from_us, deaf_to_us, hang_us;
static size_t room, waiting, blocked;
static double drained;
static simulated_timer ticker;

HardwareSerial Serial;
TwoWire Wire;
EspClass ESP;

static bool deaf() {
    return now_us >= deaf_from_us && now_us < deaf_to_us;
}

static void pass(uint64_t us) {
    now_us += us;
    drained = deaf() ? 0 : drained + (double)us * IMU_REPS_BAUD / 10e6;
    size_t bytes = (size_t)drained < waiting ? (size_t)drained : waiting;
    waiting -= bytes;
    drained = waiting ? drained - (double)bytes : 0;
    while (ticker.period_us && now_us >= ticker.next_us) {
        ticker.next_us += ticker.period_us;
        ticker.args.callback(ticker.args.arg);
    }
}

unsigned long micros() { return (uint32_t)now_us; }
unsigned long millis() { return (uint32_t)(now_us / 1000); }
void delay(uint32_t ms) { pass(ms * 1000); }
void delayMicroseconds(uint32_t us) { pass(us); }

int esp_timer_create(const esp_timer_create_args_t *args, esp_timer_handle_t *timer) {
    ticker.args = *args;
    *timer = &ticker;
    return 0;
}

int esp_timer_start_periodic(esp_timer_handle_t timer, uint64_t period_us) {
    timer->period_us = period_us;
    timer->next_us = now_us + period_us;
    return 0;
}

int esp_timer_stop(esp_timer_handle_t timer) {
    timer->period_us = 0;
    return 0;
}

/* ---- the line ---- */

void HardwareSerial::begin(unsigned long) {}
size_t HardwareSerial::setTxBufferSize(size_t size) { return size; }
int HardwareSerial::available() { return 0; }
int HardwareSerial::read() { return -1; }
int HardwareSerial::availableForWrite() { return (int)(room - waiting); }
size_t HardwareSerial::write(uint8_t value) { return write(&value, 1); }

size_t HardwareSerial::write(const uint8_t *data, size_t count) {
    if (count > room - waiting) {
        ++blocked; /* a real one would wait here */
    }
    waiting += count;
    return fwrite(data, 1, count, stdout);
}

uint64_t EspClass::getEfuseMac() { return 0xA7C3D2E1F042u; }

/* ---- the bus and the sensor ---- */

static uint8_t registers[128], at_register, address, asked;
static int written, reading, pulses;
static uint8_t levels[40];

static bool hung() {
    return now_us >= hang_us && pulses < 9;
}

void pinMode(uint8_t pin, uint8_t mode) {
    uint8_t level = mode == INPUT_PULLUP;
    pulses += pin == SCL && level && !levels[pin] && now_us >= hang_us;
    levels[pin] = level;
}

void digitalWrite(uint8_t, uint8_t) {}
int digitalRead(uint8_t pin) { return pin == SDA && hung() ? LOW : levels[pin]; }

bool TwoWire::begin(int, int, uint32_t) { return true; }
bool TwoWire::end() { return true; }
void TwoWire::setTimeOut(uint16_t) {}
void TwoWire::beginTransmission(uint8_t device) {
    asked = device;
    written = 0;
}


size_t TwoWire::write(uint8_t value) {
    if (written++ == 0) {
        at_register = value;
    } else {
        registers[at_register++] = value;
    }
    return 1;
}

/* As the ESP32's does: without a stop nothing is sent yet, and nothing is found out. */
uint8_t TwoWire::endTransmission(bool stop) {
    if (!stop) {
        return 0;
    }
    pass(hung() ? HANG_US : 50);
    return hung() ? 5 : asked == address ? 0 : 2;
}

uint8_t TwoWire::requestFrom(uint8_t device, uint8_t count) {
    static uint16_t reads;
    if (hung() || device != address) {
        return 0;
    }
    reading = at_register;
    if (reading == 0x3B) {
        ++reads;
        for (int i = 0; i < 14; i += 2) {
            registers[0x3B + i] = (uint8_t)(reads >> 8);
            registers[0x3C + i] = (uint8_t)reads;
        }
    }
    return count;
}

int TwoWire::read() { return registers[reading++]; }

int main(int argc, char **argv) {
    if (argc != 7) {
        return 2;
    }
    registers[0x75] = 0x70;
    deaf_from_us = (uint64_t)(atof(argv[2]) * 1e6);
    deaf_to_us = (uint64_t)(atof(argv[3]) * 1e6);
    hang_us = (uint64_t)(atof(argv[4]) * 1e6);
    room = (size_t)atoi(argv[5]);
    address = (uint8_t)atoi(argv[6]);
    setup();
    while (now_us < atof(argv[1]) * 1e6) {
        loop();
        pass(LOOP_US);
    }
    fprintf(stderr, "%zu\n", blocked);
    return 0;
}

/* ESP32 boards: a periodic esp_timer ticks, Wire with a time limit is the bus. */
#ifndef BOARD_ESP32_H
#define BOARD_ESP32_H

#include <Wire.h>
#include <esp_timer.h>

#include "settings.h"

#define BOARD_SDA_PIN IMU_REPS_SDA_PIN
#define BOARD_SCL_PIN IMU_REPS_SCL_PIN

#define BUS_LIMIT_MS 5
#define SERIAL_BUFFER 512

static volatile uint16_t timer_ticks;
static esp_timer_handle_t timer;

static void timer_ticked(void *) {
    timer_ticks = timer_ticks + 1;
}

static void board_bus_off() {
    Wire.end();
}

static void board_bus_on() {
    Wire.begin(BOARD_SDA_PIN, BOARD_SCL_PIN, (uint32_t)BUS_HZ);
    Wire.setTimeOut(BUS_LIMIT_MS);
}

static uint16_t board_supply_mv() {
    return 0;
}

static void board_begin() {
#if defined(ARDUINO_USB_CDC_ON_BOOT) && ARDUINO_USB_CDC_ON_BOOT
    Serial.begin(IMU_REPS_BAUD);
    Serial.setTxTimeoutMs(0); /* the chip's own USB: never wait for a host that does not read */
#else
    Serial.setTxBufferSize(SERIAL_BUFFER);
    Serial.begin(IMU_REPS_BAUD);
#endif
    board_bus_on();
    esp_timer_create_args_t args = {};
    args.callback = timer_ticked;
    args.name = "samples";
    esp_timer_create(&args, &timer);
}

static void board_tick_at(uint16_t rate_hz) {
    esp_timer_stop(timer);
    esp_timer_start_periodic(timer, (1000000UL + rate_hz / 2) / rate_hz);
}

static uint16_t board_ticks() {
    return timer_ticks;
}

static void board_rest(uint16_t ticks) {
    if (timer_ticks == ticks) {
        delay(1);
    }
}

static const char *board_id() {
    static char id[5];
    if (IMU_REPS_ID[0]) {
        return IMU_REPS_ID;
    }
    /* The MAC's last byte is the highest of its 48 bits here. */
    uint64_t mac = ESP.getEfuseMac();
    snprintf(id, sizeof id, "%02x%02x", (unsigned)(mac >> 32 & 0xFF), (unsigned)(mac >> 40 & 0xFF));
    return id;
}

/* Wire says 2 or 3 where nobody acknowledges, and 4 or 5 where the bus does not do as it should. */
static BusResult wire_result(uint8_t code) {
    if (code == 0) {
        return BUS_OK;
    }
    return code == 2 || code == 3 ? BUS_NO_ANSWER : BUS_HUNG;
}

static BusResult board_bus_write(uint8_t device, uint8_t reg, uint8_t value) {
    Wire.beginTransmission(device);
    Wire.write(reg);
    Wire.write(value);
    return wire_result(Wire.endTransmission());
}

static BusResult board_bus_read(uint8_t device, uint8_t reg, uint8_t *into, uint8_t count) {
    Wire.beginTransmission(device);
    Wire.write(reg);
    /* With a stop: without one Wire does not find out yet whether anybody is there. */
    BusResult result = wire_result(Wire.endTransmission());
    if (result != BUS_OK) {
        return result;
    }
    if (Wire.requestFrom(device, count) != count) {
        return BUS_HUNG;
    }
    while (count--) {
        *into++ = (uint8_t)Wire.read();
    }
    return BUS_OK;
}

#endif

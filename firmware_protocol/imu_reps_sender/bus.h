/* Frees a hung I2C bus: a device that lost count of the clock holds SDA down, and lets go when it
 * is clocked to the end of its byte (UM10204 3.1.16). */
#ifndef BUS_H
#define BUS_H

#include "board.h"

/* A byte and its acknowledge, once more for safety. */
#define BUS_PULSES 18
#define BUS_HALF_PULSE_US 5

static void line_low(uint8_t pin) {
    digitalWrite(pin, LOW);
    pinMode(pin, OUTPUT);
    delayMicroseconds(BUS_HALF_PULSE_US);
}

static void line_free(uint8_t pin) {
    pinMode(pin, INPUT_PULLUP);
    delayMicroseconds(BUS_HALF_PULSE_US);
}

static bool line_is_high(uint8_t pin) {
    return digitalRead(pin) == HIGH;
}

/* Whether both lines are up afterwards. */
static bool bus_free() {
    board_bus_off();
    line_free(BOARD_SDA_PIN);
    line_free(BOARD_SCL_PIN);
    for (uint8_t i = 0; i < BUS_PULSES && !line_is_high(BOARD_SDA_PIN); ++i) {
        line_low(BOARD_SCL_PIN);
        line_free(BOARD_SCL_PIN);
    }
    line_low(BOARD_SCL_PIN); /* a stop: SDA rises while SCL is up */
    line_low(BOARD_SDA_PIN);
    line_free(BOARD_SCL_PIN);
    line_free(BOARD_SDA_PIN);
    bool freed = line_is_high(BOARD_SDA_PIN) && line_is_high(BOARD_SCL_PIN);
    board_bus_on();
    return freed;
}

#endif

/* What the sketch needs of a board; board_avr.h and board_esp32.h each have all of it.
 *
 * board_begin        serial line and I2C are ready; the timer stands still
 * board_tick_at      the timer ticks so many times a second from now on
 * board_ticks        how many times it has ticked since boot; wraps at 65536
 * board_rest         sleep a little, unless there have been other than `ticks` ticks
 * board_supply_mv    the supply in millivolts, 0 where it is not measured
 * board_id           tells two boards apart
 * board_bus_on/off   give the two I2C pins to the I2C hardware, or take them back
 * board_bus_write    a value into a register of a device
 * board_bus_read     registers of a device, from `reg` on
 *
 * No bus function waits for longer than a few milliseconds, whatever the bus does.
 */
#ifndef BOARD_H
#define BOARD_H

#include <Arduino.h>

enum BusResult { BUS_OK, BUS_NO_ANSWER, BUS_HUNG };

/* The fastest that the sensor's datasheet allows. */
#define BUS_HZ 400000UL

#if defined(__AVR__)
#include "board_avr.h"
#elif defined(ARDUINO_ARCH_ESP32)
#include "board_esp32.h"
#else
#error "This sketch knows AVR (Uno, Nano) and ESP32. Another board needs a file like board_avr.h."
#endif

#endif

/* Uno, Nano and other AVR boards: timer 1 ticks, the two-wire hardware is asked and waited for. */
#ifndef BOARD_AVR_H
#define BOARD_AVR_H

#include <avr/interrupt.h>
#include <avr/sleep.h>
#include <util/twi.h>

#include "settings.h"

#define BOARD_SDA_PIN SDA
#define BOARD_SCL_PIN SCL

/* Timer 1 counts at this rate: 25 Hz still fit into its 16 bits. */
#define TIMER_HZ (F_CPU / 64)

/* A byte takes 23 us at 400 kHz. So many looks, of half a microsecond each, are far beyond that. */
#define TWI_LOOKS 2000

static volatile uint16_t timer_ticks;

ISR(TIMER1_COMPA_vect) {
    ++timer_ticks;
}

static void board_bus_off() {
    TWCR = 0;
}

static void board_bus_on() {
    TWSR = 0;
    TWBR = (F_CPU / BUS_HZ - 16) / 2;
    TWCR = _BV(TWEN);
}

/* The supply is the reference and the internal 1.1 V is what is measured. */
static void supply_measure() {
#if defined(__AVR_ATmega328P__)
    ADMUX = _BV(REFS0) | 0x0E;
    ADCSRA = _BV(ADEN) | _BV(ADSC) | _BV(ADPS2) | _BV(ADPS1) | _BV(ADPS0);
#endif
}

static uint16_t board_supply_mv() {
#if defined(__AVR_ATmega328P__)
    uint16_t counts = ADC;
    supply_measure(); /* done long before it is asked for next */
    return counts ? (uint16_t)(1100UL * 1023 / counts) : 0;
#else
    return 0;
#endif
}

static void board_begin() {
    Serial.begin(IMU_REPS_BAUD);
    set_sleep_mode(SLEEP_MODE_IDLE);
    pinMode(BOARD_SDA_PIN, INPUT_PULLUP);
    pinMode(BOARD_SCL_PIN, INPUT_PULLUP);
    board_bus_on();
    supply_measure();
}

static void board_tick_at(uint16_t rate_hz) {
    noInterrupts();
    TCCR1A = 0;
    TCCR1B = _BV(WGM12) | _BV(CS11) | _BV(CS10); /* from 0 to OCR1A, clock / 64 */
    OCR1A = (TIMER_HZ + rate_hz / 2) / rate_hz - 1;
    TCNT1 = 0;
    TIFR1 = _BV(OCF1A);
    TIMSK1 = _BV(OCIE1A);
    interrupts();
}

static uint16_t board_ticks() {
    noInterrupts();
    uint16_t ticks = timer_ticks;
    interrupts();
    return ticks;
}

static void board_rest(uint16_t ticks) {
    noInterrupts();
    if (timer_ticks == ticks) {
        sleep_enable();
        interrupts(); /* takes effect after the next instruction: no tick is slept through */
        sleep_cpu();
        sleep_disable();
    }
    interrupts();
}

static const char *board_id() {
    return IMU_REPS_ID[0] ? IMU_REPS_ID : "1";
}

/* One step on the bus; whether it was done in time. */
static bool twi_step(uint8_t what) {
    TWCR = _BV(TWINT) | _BV(TWEN) | what;
    for (uint16_t looks = TWI_LOOKS; looks; --looks) {
        if (TWCR & _BV(TWINT)) {
            return true;
        }
    }
    return false;
}

static void twi_stop() {
    TWCR = _BV(TWINT) | _BV(TWEN) | _BV(TWSTO);
    for (uint16_t looks = TWI_LOOKS; looks && (TWCR & _BV(TWSTO)); --looks) {
    }
}

/* A start or a restart, and the address with the direction in its lowest bit. */
static BusResult twi_address(uint8_t address) {
    if (!twi_step(_BV(TWSTA)) || (TW_STATUS != TW_START && TW_STATUS != TW_REP_START)) {
        return BUS_HUNG;
    }
    TWDR = address;
    if (!twi_step(0)) {
        return BUS_HUNG;
    }
    return TW_STATUS == TW_MT_SLA_ACK || TW_STATUS == TW_MR_SLA_ACK ? BUS_OK : BUS_NO_ANSWER;
}

static BusResult twi_send(uint8_t value) {
    TWDR = value;
    if (!twi_step(0)) {
        return BUS_HUNG;
    }
    return TW_STATUS == TW_MT_DATA_ACK ? BUS_OK : BUS_NO_ANSWER;
}

static BusResult twi_receive(uint8_t *into, uint8_t count) {
    while (count--) {
        if (!twi_step(count ? _BV(TWEA) : 0)) {
            return BUS_HUNG;
        }
        *into++ = TWDR;
    }
    return BUS_OK;
}

static BusResult twi_ended(BusResult result) {
    if (result != BUS_HUNG) {
        twi_stop();
    }
    return result;
}

static BusResult twi_select(uint8_t device, uint8_t reg) {
    BusResult result = twi_address((uint8_t)(device << 1) | TW_WRITE);
    return result == BUS_OK ? twi_send(reg) : result;
}

static BusResult board_bus_write(uint8_t device, uint8_t reg, uint8_t value) {
    BusResult result = twi_select(device, reg);
    return twi_ended(result == BUS_OK ? twi_send(value) : result);
}

static BusResult board_bus_read(uint8_t device, uint8_t reg, uint8_t *into, uint8_t count) {
    BusResult result = twi_select(device, reg);
    if (result == BUS_OK) {
        result = twi_address((uint8_t)(device << 1) | TW_READ);
    }
    return twi_ended(result == BUS_OK ? twi_receive(into, count) : result);
}

#endif

/* SDA and SCL: the sensor on simavr's two-wire hardware, slowed down to a bus, and hung. */
#ifndef TWO_WIRES_H
#define TWO_WIRES_H

#include "mpu_6050.h"

#define SDA 4 /* of port C */
#define SCL 5



static avr_io_write_t twcr_write;
static int scl_high = 1, pulses_seen;

static void sda_hold(int held) {
    sda_held = held;
    avr_ioport_external_t lines = {
        .name = 'C', .mask = 1 << SDA | 1 << SCL, .value = (!held) << SDA | 1 << SCL};
    avr_ioctl(avr, AVR_IOCTL_IOPORT_SET_EXTERNAL('C'), &lines);
}

/* The sketch clocks by hand: the sensor goes on with its byte, and at its end lets go. */
static void scl_moved(avr_irq_t *irq, uint32_t value, void *param) {
    int rises = value && !scl_high;
    scl_high = (int)value;
    if (!rises) {
        return;
    }
    ++pulses_seen;
    if (sda_held && --pulses_left <= 0) {
        sda_hold(0);
    }
}

static avr_cycle_timer_slot_p twi_timer(avr_twi_t *twi) {
    avr_cycle_timer_slot_p slot = avr->cycle_timers.timer;
    while (slot && slot->param != twi) {
        slot = slot->next;
    }
    return slot;
}

/* After an address simavr 1.6 gives the status of a data byte: 28 and 30 for 18 and 20. */
static void twi_correct(avr_twi_t *twi, uint8_t status) {
    if (status == 0x08 || status == 0x10) {
        uint8_t next = twi->next_twstate;
        twi->next_twstate = next == 0x28 ? 0x18 : next == 0x30 ? 0x20 : next;
    }
}

/* simavr answers sooner than a bus would: its answer comes when the bits have passed. */
static void twi_slow_down(avr_twi_t *twi, int is_start) {
    avr_cycle_timer_slot_p slot = twi_timer(twi);
    if (slot) {
        avr_cycle_timer_t timer = slot->timer;
        unsigned bit = 16 + 2 * avr->data[twi->r_twbr];
        avr_cycle_timer_cancel(avr, timer, twi);
        avr_cycle_timer_register(avr, bit * (is_start ? 2 : 9), timer, twi);
    }
}

/* While SDA is held down the hardware can do nothing on the bus, so nothing gets done. TWINT is
 * cleared by writing a one; simavr 1.6 leaves the one standing if it was not set before. */
static void twcr_written(avr_t *unused, avr_io_addr_t address, uint8_t value, void *param) {
    avr_twi_t *twi = param;
    if (sda_held && value & 1 << twi->twen.bit) {
        avr->data[address] = value & (uint8_t)~(1 << twi->twi.raised.bit);
        return;
    }
    uint8_t status = avr->data[twi->r_twsr] & 0xF8;
    twcr_write(avr, address, value, param);
    twi_correct(twi, status);
    avr->data[address] &= (uint8_t)~(1 << twi->twi.raised.bit);
    twi_slow_down(twi, value & 1 << twi->twsta.bit);
}

static void bus_connect(void) {
    avr_io_addr_t twcr = AVR_DATA_TO_IO(0xBC);
    twcr_write = avr->io[twcr].w.c;
    avr->io[twcr].w.c = twcr_written;
    avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_TWI_GETIRQ(0), TWI_IRQ_OUTPUT), bus_said,
                            NULL);
    avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ('C'), SCL), scl_moved, NULL);
    sda_hold(0);
}

#endif

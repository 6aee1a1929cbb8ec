/* The sensor as the bus sees it: registers, one moment held for a read, faults at their time. */
#ifndef MPU_6050_H
#define MPU_6050_H

#include "recording.h"

/* RM-MPU-6000A-00 4.2 */
#define GYRO_CONFIG 0x1B
#define ACCEL_CONFIG 0x1C
#define ACCEL_XOUT_H 0x3B
#define PWR_MGMT_1 0x6B
#define WHO_AM_I 0x75
#define SLEEPS 0x40
#define MEASUREMENTS 14
#define OUR_RANGE 1 /* the recording's counts are at 4 g and 500 degrees a second */
#define TEMPERATURE (-1190) /* 33.03 degrees */



static uint8_t registers[128], at_register, selected, is_first_byte;
static int bytes_read;
static long samples_read;
static double longest_wait_s, ticked_s = -1;

static int sda_held, pulses_left, hang_done, restart_done;
static void sda_hold(int held);

static int is_there(void) {
    return now_s() >= options.absent_s;
}

static void sensor_power_on(void) {
    memset(registers, 0, sizeof registers);
    registers[PWR_MGMT_1] = SLEEPS;
    registers[WHO_AM_I] = (uint8_t)options.who;
}

/* The counts at the range that is set; too much for it is clipped. */
static void put(uint8_t reg, int value, int range) {
    value = range > OUR_RANGE ? value >> (range - OUR_RANGE) : value * (1 << (OUR_RANGE - range));
    value = value > 32767 ? 32767 : value < -32768 ? -32768 : value;
    registers[reg] = (uint8_t)((unsigned)value >> 8);
    registers[reg + 1] = (uint8_t)value;
}

/* A read holds one moment: the sensor's shadow registers. */
static void measure(void) {
    if (registers[PWR_MGMT_1] & SLEEPS) {
        return;
    }
    if (first_read_s < 0) {
        first_read_s = now_s();
    }
    const int16_t *values = values_now();
    for (uint8_t i = 0; i < 3; ++i) {
        put(ACCEL_XOUT_H + 2 * i, values[i], registers[ACCEL_CONFIG] >> 3 & 3);
        put(ACCEL_XOUT_H + 8 + 2 * i, values[3 + i], registers[GYRO_CONFIG] >> 3 & 3);
    }
    put(ACCEL_XOUT_H + 6, TEMPERATURE, OUR_RANGE);
    if (ticked_s >= 0 && now_s() - ticked_s > longest_wait_s) {
        longest_wait_s = now_s() - ticked_s;
    }
}

static void sample_served(void) {
    ++samples_read;
    if (served) {
        for (uint8_t i = 0; i < 6; ++i) {
            uint8_t reg = ACCEL_XOUT_H + 2 * i + (i > 2) * 2;
            int16_t value = (int16_t)(registers[reg] << 8 | registers[reg + 1]);
            fprintf(served, "%d%c", value, i < 5 ? ',' : '\n');
        }
    }
}

static void answer(uint32_t message) {
    avr_raise_irq(avr_io_getirq(avr, AVR_IOCTL_TWI_GETIRQ(0), TWI_IRQ_INPUT), message);
}

static void sensor_start(uint8_t address) {
    selected = address >> 1 == options.address && is_there() ? address : 0;
    is_first_byte = 1;
    bytes_read = 0;
    if (!selected) {
        return;
    }
    answer(avr_twi_irq_msg(TWI_COND_ACK, selected, 1));
    if ((address & 1) && at_register == ACCEL_XOUT_H) {
        measure();
    }
}

static void sensor_write(uint8_t value) {
    answer(avr_twi_irq_msg(TWI_COND_ACK, selected, 1));
    if (is_first_byte) {
        at_register = value & 0x7F;
        is_first_byte = 0;
    } else {
        registers[at_register++ & 0x7F] = value;
    }
}

static void sensor_read(void) {
    uint8_t reg = at_register++ & 0x7F;
    answer(avr_twi_irq_msg(TWI_COND_READ, selected, registers[reg]));
    ++bytes_read;
    if (bytes_read == MEASUREMENTS && reg == ACCEL_XOUT_H + MEASUREMENTS - 1) {
        sample_served();
    }
    if (bytes_read == MEASUREMENTS / 2 && options.hang_s >= 0 && now_s() >= options.hang_s &&
        !hang_done) {
        hang_done = 1;
        pulses_left = options.pulses;
        sda_hold(1);
    }
}

static void bus_said(avr_irq_t *irq, uint32_t value, void *param) {
    avr_twi_msg_irq_t message = {.u.v = value};
    if (message.u.twi.msg & TWI_COND_STOP) {
        selected = 0;
    }
    if (message.u.twi.msg & TWI_COND_START) {
        sensor_start(message.u.twi.addr);
    } else if (selected && message.u.twi.msg & TWI_COND_WRITE) {
        sensor_write(message.u.twi.data);
    } else if (selected && message.u.twi.msg & TWI_COND_READ) {
        sensor_read();
    }
}

static void sensor_faults(void) {
    if (options.restart_s >= 0 && now_s() >= options.restart_s && !restart_done) {
        restart_done = 1;
        sensor_power_on();
    }
}

#endif

/* Ticks into samples, samples into the ring; and the sensor kept alive, or looked for. */
#ifndef SAMPLER_H
#define SAMPLER_H

#include "board.h"
#include "bus.h"
#include "imu_reps_frame.h"
#include "mpu.h"
#include "notes.h"
#include "settings.h"

#define LOOK_EVERY_MS 500
/* So many bad reads in a row are a sensor that lost its power or its wire. */
#define BAD_READS 3

static imu_reps_sample ring[IMU_REPS_RING];
static uint8_t ring_first, ring_count;

static uint16_t rate_hz = IMU_REPS_RATE_HZ;
static uint16_t ticks_done;
static uint32_t dropped_frames, sensor_errors;
static int16_t temperature;
static uint8_t bad_reads;
static uint32_t looked_ms;
static bool hello_wanted = true;
static bool ticking;

static void ring_put(const imu_reps_sample *sample) {
    if (ring_count == IMU_REPS_RING) {
        ++dropped_frames;
        return;
    }
    ring[(ring_first + ring_count) % IMU_REPS_RING] = *sample;
    ++ring_count;
}

static bool ring_take(imu_reps_sample *sample) {
    if (!ring_count) {
        return false;
    }
    *sample = ring[ring_first];
    ring_first = (ring_first + 1) % IMU_REPS_RING;
    --ring_count;
    return true;
}

/* Look for the sensor and set it up. Ticks begin with the first one that is found. */
static bool sensor_look() {
    looked_ms = millis();
    if (mpu_probe() != BUS_OK || mpu_set_up(rate_hz) != BUS_OK) {
        mpu_who = 0;
        return false;
    }
    bad_reads = 0;
    if (!ticking) {
        ticking = true;
        board_tick_at(rate_hz);
    }
    return true;
}

/* Free the bus, then look; what there is to say depends on how it ends. */
static void sensor_rescue(Note found, Note not_found) {
    bool freed = bus_free();
    bool there = sensor_look();
    note(there ? found : freed ? not_found : NOTE_STUCK);
}

/* A hung bus is freed at once: then no more than this one sample is lost. */
static void sensor_failed(BusResult result) {
    ++sensor_errors;
    if (result == BUS_HUNG) {
        sensor_rescue(NOTE_FREED, NOTE_LOST);
    } else if (++bad_reads >= BAD_READS) {
        note(sensor_look() ? NOTE_RESTARTED : NOTE_LOST);
    }
}

/* A sensor that lost its power for a moment sleeps, and reads as zeros: gravity never does. */
static bool asleep(const int16_t *values) {
    return !values[0] && !values[1] && !values[2];
}

static void sample_take(uint16_t seq) {
    if (!mpu_who) {
        ++sensor_errors;
        return;
    }
    imu_reps_sample sample;
    int16_t counts;
    sample.seq = seq;
    sample.t_us = micros();
    BusResult result = mpu_read(sample.values, &counts);
    if (result == BUS_OK && asleep(sample.values)) {
        result = BUS_NO_ANSWER;
    }
    if (result != BUS_OK) {
        sensor_failed(result);
        return;
    }
    bad_reads = 0;
    temperature = counts;
    ring_put(&sample);
}

static void sampler_begin() {
    bool found = sensor_look();
    note(found ? NOTE_FOUND : NOTE_MISSING);
}

static void sampler_update() {
    uint16_t ticks = board_ticks();
    if (ticks != ticks_done) {
        dropped_frames += (uint16_t)(ticks - ticks_done - 1);
        ticks_done = ticks;
        sample_take((uint16_t)(ticks - 1));
    }
    if (!mpu_who && millis() - looked_ms >= LOOK_EVERY_MS) {
        sensor_rescue(NOTE_FOUND, NOTE_MISSING);
    }
}

static void sampler_rate(uint16_t wanted_hz) {
    rate_hz = wanted_hz;
    hello_wanted = true;
    if (mpu_who) {
        mpu_set_up(rate_hz); /* the low-pass; if it fails, the next sample will tell */
    }
    if (ticking) {
        board_tick_at(rate_hz);
    }
}

#endif

/* Out of here goes one frame after the other, each as the line has room: nothing ever waits. */
#ifndef TALK_H
#define TALK_H

#include "board.h"
#include "imu_reps_frame.h"
#include "notes.h"
#include "sampler.h"

#define TELL_EVERY_MS 1000 /* hello and status by turns: each every 2 s */
#define DROPPED_EVERY_MS 10000
#define TEXT_MAX 110

/* What the line carries at the most: ten bits a byte. */
#define LINE_SAMPLES_HZ (IMU_REPS_BAUD / 10 / IMU_REPS_SAMPLE_FRAME)

static uint8_t frame[IMU_REPS_FRAME_MAX];
static uint8_t frame_length, frame_sent;
static bool status_wanted;

static size_t hello_encode() {
    imu_reps_hello hello = {FIRMWARE_VERSION, mpu_name(),        board_id(),
                            rate_hz,          MPU_ACC_LSB_PER_G, MPU_GYR_TENTH_LSB_PER_DPS};
    return imu_reps_encode_hello(frame, &hello);
}

static size_t status_encode() {
    imu_reps_status status = {board_supply_mv(), IMU_REPS_TEMPERATURE_UNKNOWN, dropped_frames,
                              sensor_errors};
    if (mpu_who) {
        status.temperature_cc = mpu_temperature_cc(temperature);
    }
    return imu_reps_encode_status(frame, &status);
}

static void note_text(Note which, char *text) {
    const char *sensor = mpu_name();
    switch (which) {
    case NOTE_FOUND:
        snprintf_P(text, TEXT_MAX, PSTR("%s found at 0x%02x"), sensor, mpu_address);
        break;
    case NOTE_MISSING:
        strcpy_P(text, PSTR("no sensor answers at 0x68 or 0x69: check VCC, GND, SDA and SCL"));
        break;
    case NOTE_LOST:
        strcpy_P(text, PSTR("the sensor answers no longer: check its wires"));
        break;
    case NOTE_FREED:
        strcpy_P(text, PSTR("the I2C bus was hung and has been freed: wires too long or loose?"));
        break;
    case NOTE_STUCK:
        strcpy_P(text, PSTR("the I2C bus is hung and cannot be freed: unplug the sensor's VCC"));
        break;
    case NOTE_RESTARTED:
        snprintf_P(text, TEXT_MAX, PSTR("%s had lost its settings: set up again"), sensor);
        break;
    case NOTE_RATE:
        snprintf_P(text, TEXT_MAX, PSTR("rate is %u Hz"), rate_hz);
        break;
    case NOTE_BAD_RATE:
        snprintf_P(text, TEXT_MAX, PSTR("no such rate: 25 to 200 Hz can be had, %u stays"),
                   rate_hz);
        break;
    case NOTE_DROPPED:
        snprintf_P(text, TEXT_MAX,
                   PSTR("%lu samples dropped: %lu baud carry %lu a second, the rate is %u Hz"),
                   (unsigned long)dropped_frames, (unsigned long)IMU_REPS_BAUD,
                   (unsigned long)LINE_SAMPLES_HZ, rate_hz);
        break;
    case NOTE_COUNT:
        break;
    }
}

static size_t note_encode(Note which) {
    char text[TEXT_MAX] = "";
    note_text(which, text);
    return imu_reps_encode_log(frame, text);
}

static bool taken(bool *wanted) {
    bool was = *wanted;
    *wanted = false;
    return was;
}

/* The next frame's length, 0 if there is none. What tells of the board goes first: it is little. */
static size_t frame_next() {
    imu_reps_sample sample;
    if (taken(&hello_wanted)) {
        return hello_encode();
    }
    Note which = note_taken();
    if (which != NOTE_COUNT) {
        return note_encode(which);
    }
    if (taken(&status_wanted)) {
        return status_encode();
    }
    return ring_take(&sample) ? imu_reps_encode_sample(frame, &sample) : 0;
}

/* As much of this frame and the next ones as the line takes without waiting. */
static void talk_send() {
    for (int room = Serial.availableForWrite(); room > 0; room = Serial.availableForWrite()) {
        if (frame_sent == frame_length) {
            frame_length = (uint8_t)frame_next();
            frame_sent = 0;
            if (!frame_length) {
                return;
            }
        }
        uint8_t left = frame_length - frame_sent;
        frame_sent += (uint8_t)Serial.write(frame + frame_sent, left < room ? left : room);
    }
}

/* A sensor that has come or gone is told of at once. */
static void talk_of_sensor() {
    static uint8_t who_told;
    if (mpu_who != who_told) {
        who_told = mpu_who;
        hello_wanted = true;
    }
}

static void talk_of_drops() {
    static uint32_t told, told_ms;
    if (dropped_frames != told && (!told || millis() - told_ms >= DROPPED_EVERY_MS)) {
        told = dropped_frames;
        told_ms = millis();
        note(NOTE_DROPPED);
    }
}

/* Once a second a hello or a status, by turns. */
static void talk_of_itself() {
    static uint32_t told_ms;
    static bool status_next;
    talk_of_sensor();
    if (millis() - told_ms < TELL_EVERY_MS) {
        return;
    }
    told_ms += TELL_EVERY_MS;
    status_next = !status_next;
    *(status_next ? &status_wanted : &hello_wanted) = true;
    talk_of_drops();
}

#endif

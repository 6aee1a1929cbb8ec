/* The sensor: MPU-6050, MPU-6500 and their relatives, by their register maps (RM-MPU-6000A-00 4.2,
 * RM-MPU-6500A-00 2.1). */
#ifndef MPU_H
#define MPU_H

#include "board.h"
#include "imu_reps_frame.h"

#define MPU_SMPLRT_DIV 0x19
#define MPU_CONFIG 0x1A
#define MPU_GYRO_CONFIG 0x1B
#define MPU_ACCEL_CONFIG 0x1C
#define MPU_ACCEL_CONFIG_2 0x1D /* the 6500's; the 6050 has one low-pass for both */
#define MPU_ACCEL_XOUT_H 0x3B
#define MPU_PWR_MGMT_1 0x6B
#define MPU_WHO_AM_I 0x75

#define MPU_GYRO_CLOCK 0x01 /* awake, on the gyro's clock: steadier than its own */
#define MPU_500_DPS 0x08
#define MPU_4_G 0x08

#define MPU_ACC_LSB_PER_G 8192
#define MPU_GYR_TENTH_LSB_PER_DPS 655
#define MPU_FIRST_ADDRESS 0x68
#define MPU_SECOND_ADDRESS 0x69 /* with AD0 tied to the supply */

#define MPU_IS_6050 0x68

static uint8_t mpu_address;
static uint8_t mpu_who; /* what WHO_AM_I told; 0 while no sensor answers */

/* The low-pass that lets pass up to about 0.45 of the rate: 10, 21, 44 and 94 Hz. */
static uint8_t mpu_low_pass(uint16_t rate_hz) {
    if (rate_hz < 48) {
        return 5;
    }
    if (rate_hz < 98) {
        return 4;
    }
    return rate_hz < 195 ? 3 : 2;
}

static BusResult mpu_write(uint8_t reg, uint8_t value) {
    BusResult result = board_bus_write(mpu_address, reg, value);
    uint8_t found = 0;
    if (result == BUS_OK) {
        result = board_bus_read(mpu_address, reg, &found, 1);
    }
    return result == BUS_OK && found != value ? BUS_NO_ANSWER : result;
}

/* Awake, with our ranges and the low-pass for this rate, each read back. */
static BusResult mpu_set_up(uint16_t rate_hz) {
    const uint8_t low_pass = mpu_low_pass(rate_hz);
    const uint8_t settings[][2] = {
        {MPU_PWR_MGMT_1, MPU_GYRO_CLOCK},   {MPU_SMPLRT_DIV, 0},
        {MPU_CONFIG, low_pass},             {MPU_GYRO_CONFIG, MPU_500_DPS},
        {MPU_ACCEL_CONFIG, MPU_4_G},        {MPU_ACCEL_CONFIG_2, low_pass},
    };
    const uint8_t count = mpu_who == MPU_IS_6050 ? 5 : 6;
    BusResult result = BUS_OK;
    for (uint8_t i = 0; i < count && result == BUS_OK; ++i) {
        result = mpu_write(settings[i][0], settings[i][1]);
    }
    return result;
}

/* Looks for a sensor at both addresses; mpu_who is 0 where there is none. */
static BusResult mpu_probe() {
    BusResult result = BUS_NO_ANSWER;
    mpu_who = 0;
    for (uint8_t i = 0; i < 2 && result == BUS_NO_ANSWER; ++i) {
        mpu_address = i ? MPU_SECOND_ADDRESS : MPU_FIRST_ADDRESS;
        result = board_bus_read(mpu_address, MPU_WHO_AM_I, &mpu_who, 1);
    }
    return result;
}

static int16_t mpu_number(const uint8_t *at) {
    return (int16_t)((uint16_t)at[0] << 8 | at[1]);
}

/* All six values and the temperature of one moment: the sensor holds them still during one read. */
static BusResult mpu_read(int16_t *values, int16_t *temperature) {
    uint8_t raw[14];
    BusResult result = board_bus_read(mpu_address, MPU_ACCEL_XOUT_H, raw, sizeof raw);
    for (uint8_t i = 0; i < 3; ++i) {
        values[i] = mpu_number(raw + 2 * i);
        values[i + 3] = mpu_number(raw + 8 + 2 * i);
    }
    *temperature = mpu_number(raw + 6);
    return result;
}

/* Hundredths of a degree: counts / 340 + 36.53, the 6500 and later counts / 333.87 + 21. */
static int16_t mpu_temperature_cc(int16_t counts) {
    if (mpu_who == MPU_IS_6050) {
        return (int16_t)((int32_t)counts * 5 / 17 + 3653);
    }
    return (int16_t)((int32_t)counts * 10000 / 33387 + 2100);
}

static const char *mpu_name() {
    switch (mpu_who) {
    case 0x00: return "none";
    case MPU_IS_6050: return "MPU6050";
    case 0x70: return "MPU6500";
    case 0x71: return "MPU9250";
    case 0x73: return "MPU9255";
    default: return "MPU6500-like";
    }
}

#endif

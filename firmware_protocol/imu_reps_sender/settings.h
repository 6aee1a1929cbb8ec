/* What you may want to change. Each can also be given to the compiler with -D. */
#ifndef SETTINGS_H
#define SETTINGS_H

#define FIRMWARE_VERSION "1.0.0"

/* `imu-reps live` listens at 115200. A slower line carries fewer samples: baud / 230 a second. */
#ifndef IMU_REPS_BAUD
#define IMU_REPS_BAUD 115200
#endif

/* Samples a second after a reset, 25 to 200; the host may ask for another rate. */
#ifndef IMU_REPS_RATE_HZ
#define IMU_REPS_RATE_HZ 100
#endif

/* Tells two boards apart. An ESP32 without one takes the end of its MAC address. */
#ifndef IMU_REPS_ID
#define IMU_REPS_ID ""
#endif

/* ESP32 only: an AVR has its I2C at fixed pins (Uno and Nano: A4 and A5). */
#ifndef IMU_REPS_SDA_PIN
#define IMU_REPS_SDA_PIN SDA
#endif
#ifndef IMU_REPS_SCL_PIN
#define IMU_REPS_SCL_PIN SCL
#endif

/* How many samples wait while the line is busy with something longer. */
#ifndef IMU_REPS_RING
#define IMU_REPS_RING 16
#endif

#endif

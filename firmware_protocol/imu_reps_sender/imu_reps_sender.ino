/* imu_reps_sender: an MPU-6050 or MPU-6500 on I2C, its samples on the serial line as PROTOCOL.md
 * has them. README.md has the wiring; settings.h what you may want to change. */
#include "settings.h"

#include "imu_reps_frame.h"

#include "board.h"
#include "sampler.h"
#include "talk.h"

static void hear_host() {
    static imu_reps_requests requests;
    while (Serial.available()) {
        switch (imu_reps_hear(&requests, (uint8_t)Serial.read())) {
        case IMU_REPS_WANTS_HELLO:
            hello_wanted = true;
            break;
        case IMU_REPS_WANTS_RATE:
            sampler_rate(requests.rate_hz);
            note(NOTE_RATE);
            break;
        case IMU_REPS_WANTS_BAD_RATE:
            note(NOTE_BAD_RATE);
            break;
        case IMU_REPS_WANTS_NOTHING:
            break;
        }
    }
}

void setup() {
    board_begin();
    Serial.write((uint8_t)0); /* what a boot loader may have said ends here */
    sampler_begin();
}

void loop() {
    hear_host();
    sampler_update();
    talk_of_itself();
    talk_send();
    board_rest(ticks_done);
}

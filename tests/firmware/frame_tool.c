/* Lets the tests use imu_reps_frame.h: one request a line on standard input, one answer a line.
 *
 * sample SEQ T_US AX AY AZ GX GY GZ | status MV CC DROPPED ERRORS | log TEXT | requests HEX
 * hello RATE ACC GYR and then three lines: firmware, sensor, id (in hex) | protocol | crc HEX
 * With two arguments, COUNT FILE: so many random samples, their wire to standard output and their
 * numbers (u16 u32 and six i16, packed) to FILE.
 */
#include "imu_reps_frame.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE 1024

static void must(int holds) {
    if (!holds) {
        exit(1);
    }
}

static size_t from_hex(const char *hex, uint8_t *into) {
    size_t count = 0;
    for (unsigned value; sscanf(hex + 2 * count, "%2x", &value) == 1; ++count) {
        into[count] = (uint8_t)value;
    }
    return count;
}

static void show(const uint8_t *frame, size_t length) {
    for (size_t i = 0; i < length; ++i) {
        printf("%02X", frame[i]);
    }
    printf("\n");
}

static void sample(const char *words) {
    unsigned seq, t_us;
    int v[6];
    must(sscanf(words, "%u %u %d %d %d %d %d %d", &seq, &t_us, v, v + 1, v + 2, v + 3, v + 4,
                v + 5) == 8);
    imu_reps_sample sample = {(uint16_t)seq, t_us, {0}};
    for (int i = 0; i < 6; ++i) {
        sample.values[i] = (int16_t)v[i];
    }
    uint8_t frame[IMU_REPS_SAMPLE_FRAME]; /* exactly as long as promised: the sanitizer looks */
    show(frame, imu_reps_encode_sample(frame, &sample));
}

static void status(const char *words) {
    unsigned mv, dropped, errors;
    int cc;
    must(sscanf(words, "%u %d %u %u", &mv, &cc, &dropped, &errors) == 4);
    imu_reps_status status = {(uint16_t)mv, (int16_t)cc, dropped, errors};
    uint8_t frame[IMU_REPS_FRAME_MAX];
    show(frame, imu_reps_encode_status(frame, &status));
}

static void hello(const char *words) {
    char texts[3][LINE], hex[LINE];
    unsigned rate, acc, gyr;
    must(sscanf(words, "%u %u %u", &rate, &acc, &gyr) == 3);
    for (int i = 0; i < 3; ++i) {
        must(fgets(hex, sizeof hex, stdin) != NULL);
        texts[i][from_hex(hex, (uint8_t *)texts[i])] = 0;
    }
    imu_reps_hello hello = {texts[0],       texts[1],      texts[2],
                            (uint16_t)rate, (uint16_t)acc, (uint16_t)gyr};
    uint8_t frame[IMU_REPS_FRAME_MAX];
    show(frame, imu_reps_encode_hello(frame, &hello));
}

static void logged(const char *text) {
    uint8_t frame[IMU_REPS_FRAME_MAX];
    show(frame, imu_reps_encode_log(frame, text));
}

static void requests(const char *hex) {
    uint8_t bytes[LINE];
    size_t count = from_hex(hex, bytes);
    imu_reps_requests requests = {0, 0};
    for (size_t i = 0; i < count; ++i) {
        imu_reps_wish wish = imu_reps_hear(&requests, bytes[i]);
        if (wish == IMU_REPS_WANTS_HELLO) {
            printf("hello;");
        } else if (wish == IMU_REPS_WANTS_RATE) {
            printf("rate %u;", (unsigned)requests.rate_hz);
        } else if (wish == IMU_REPS_WANTS_BAD_RATE) {
            printf("bad;");
        }
    }
    printf("\n");
}

static void answer(const char *line) {
    uint8_t bytes[LINE];
    if (!strncmp(line, "sample ", 7)) {
        sample(line + 7);
    } else if (!strncmp(line, "status ", 7)) {
        status(line + 7);
    } else if (!strncmp(line, "hello ", 6)) {
        hello(line + 6);
    } else if (!strncmp(line, "log ", 4)) {
        logged(line + 4);
    } else if (!strncmp(line, "requests ", 9)) {
        requests(line + 9);
    } else if (!strncmp(line, "crc ", 4)) {
        printf("%u\n", (unsigned)imu_reps_crc(bytes, from_hex(line + 4, bytes)));
    } else if (!strcmp(line, "protocol")) {
        printf("%d\n", IMU_REPS_PROTOCOL);
    } else {
        exit(1);
    }
}

static uint64_t next(uint64_t *state) { /* splitmix64 (Steele, Lea and Flood 2014) */
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* A third of the words have a byte, or both, set to 0 or FF: where stuffing is put to the test. */
static uint16_t word(uint64_t *state) {
    static const uint16_t masks[] = {0x00FF, 0xFF00, 0x0000};
    uint64_t dice = next(state);
    uint16_t value = (uint16_t)dice, mask = masks[(dice >> 16) % 3];
    if ((dice >> 32) % 3) {
        return value;
    }
    return (dice >> 48) & 1 ? value | (uint16_t)~mask : value & mask;
}

static void random_samples(long count, FILE *numbers) {
    uint64_t state = 20;
    uint8_t frame[IMU_REPS_SAMPLE_FRAME], packed[18];
    while (count--) {
        imu_reps_sample sample = {word(&state), word(&state), {0}};
        sample.t_us |= (uint32_t)word(&state) << 16;
        uint8_t *at = imu_reps_put_u32(imu_reps_put_u16(packed, sample.seq), sample.t_us);
        for (int i = 0; i < 6; ++i) {
            uint16_t value = word(&state);
            at = imu_reps_put_u16(at, value);
            memcpy(&sample.values[i], &value, sizeof value);
        }
        must(fwrite(packed, sizeof packed, 1, numbers) == 1);
        must(fwrite(frame, imu_reps_encode_sample(frame, &sample), 1, stdout) == 1);
    }
}

int main(int argc, char **argv) {
    if (argc == 3) {
        FILE *numbers = fopen(argv[2], "wb");
        must(numbers != NULL);
        random_samples(atol(argv[1]), numbers);
        return fclose(numbers);
    }
    for (char line[LINE]; fgets(line, sizeof line, stdin);) {
        line[strcspn(line, "\n")] = 0;
        answer(line);
    }
    return 0;
}

/* The wire that PROTOCOL.md has byte by byte: frames out, the host's requests in.
 *
 * C99 (and C++), header only, no allocation, no float, no byte order assumed. A frame is written
 * straight into `out`, which must hold IMU_REPS_FRAME_MAX bytes (for a sample as many as
 * IMU_REPS_SAMPLE_FRAME); what is returned is its length with the zero that ends it.
 */
#ifndef IMU_REPS_FRAME_H
#define IMU_REPS_FRAME_H

#include <stddef.h>
#include <stdint.h>

#define IMU_REPS_PROTOCOL 1

#define IMU_REPS_HELLO 0
#define IMU_REPS_SAMPLE 1
#define IMU_REPS_STATUS 2
#define IMU_REPS_LOG 3

/* So few bytes that no COBS block is ever full: stuffing costs one byte, and is done in place. */
#define IMU_REPS_CONTENT_MAX 250
/* What comes beside the content: the stuffing, the type, two of the CRC, and the zero. */
#define IMU_REPS_FRAME_MAX (IMU_REPS_CONTENT_MAX + 5)
#define IMU_REPS_SAMPLE_FRAME 23

/* A text in a hello is cut after so many characters, so that a hello always fits. */
#define IMU_REPS_TEXT_MAX 24

#define IMU_REPS_RATE_MIN_HZ 25
#define IMU_REPS_RATE_MAX_HZ 200

#define IMU_REPS_BATTERY_UNKNOWN 0
#define IMU_REPS_TEMPERATURE_UNKNOWN INT16_MIN

typedef struct {
    uint16_t seq;
    uint32_t t_us;
    int16_t values[6]; /* ax ay az gx gy gz, the sensor's counts */
} imu_reps_sample;

typedef struct {
    const char *firmware;
    const char *sensor;
    const char *id;
    uint16_t rate_hz;
    uint16_t acc_lsb_per_g;
    uint16_t gyr_tenth_lsb_per_dps; /* 655 is 65.5 */
} imu_reps_hello;

typedef struct {
    uint16_t battery_mv;
    int16_t temperature_cc; /* hundredths of a degree Celsius */
    uint32_t dropped_frames;
    uint32_t sensor_errors;
} imu_reps_status;

/* A byte at a time, without a table and without wide shifts, which small boards are slow at. */
static inline uint16_t imu_reps_crc(const uint8_t *data, size_t count) {
    uint8_t high = 0xFF, low = 0xFF;
    while (count--) {
        uint8_t x = high ^ *data++;
        x ^= x >> 4;
        high = low ^ (uint8_t)(x << 4) ^ (uint8_t)(x >> 3);
        low = x ^ (uint8_t)(x << 5);
    }
    return (uint16_t)((uint16_t)high << 8 | low);
}

static inline uint8_t *imu_reps_put_u16(uint8_t *at, uint16_t value) {
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)(value >> 8);
    return at + 2;
}

static inline uint8_t *imu_reps_put_u32(uint8_t *at, uint32_t value) {
    return imu_reps_put_u16(imu_reps_put_u16(at, (uint16_t)value), (uint16_t)(value >> 16));
}

/* Each zero of out[1..end) becomes the distance to the next one; out[0] has that to the first. */
static inline size_t imu_reps_stuff(uint8_t *out, uint8_t *end) {
    uint8_t *mark = out;
    for (uint8_t *at = out + 1; at != end; ++at) {
        if (*at == 0) {
            *mark = (uint8_t)(at - mark);
            mark = at;
        }
    }
    *mark = (uint8_t)(end - mark);
    *end = 0;
    return (size_t)(end - out) + 1;
}

/* Where the content begins: out[0] is kept for the stuffing. */
static inline uint8_t *imu_reps_open(uint8_t *out, uint8_t type) {
    out[1] = type;
    return out + 2;
}

static inline size_t imu_reps_close(uint8_t *out, uint8_t *end) {
    end = imu_reps_put_u16(end, imu_reps_crc(out + 1, (size_t)(end - out) - 1));
    return imu_reps_stuff(out, end);
}

static inline size_t imu_reps_encode_sample(uint8_t *out, const imu_reps_sample *sample) {
    uint8_t *at = imu_reps_open(out, IMU_REPS_SAMPLE);
    at = imu_reps_put_u16(at, sample->seq);
    at = imu_reps_put_u32(at, sample->t_us);
    for (int i = 0; i < 6; ++i) {
        at = imu_reps_put_u16(at, (uint16_t)sample->values[i]);
    }
    return imu_reps_close(out, at);
}

static inline size_t imu_reps_encode_status(uint8_t *out, const imu_reps_status *status) {
    uint8_t *at = imu_reps_open(out, IMU_REPS_STATUS);
    at = imu_reps_put_u16(at, status->battery_mv);
    at = imu_reps_put_u16(at, (uint16_t)status->temperature_cc);
    at = imu_reps_put_u32(at, status->dropped_frames);
    at = imu_reps_put_u32(at, status->sensor_errors);
    return imu_reps_close(out, at);
}

/* Text up to its end or `limit` characters; what JSON would have to escape becomes `escape`. */
static inline uint8_t *imu_reps_put_text(uint8_t *at, const char *text, size_t limit, char escape) {
    for (; *text && limit; ++text, --limit) {
        int plain = !escape || ((uint8_t)*text >= ' ' && *text != '"' && *text != '\\');
        *at++ = (uint8_t)(plain ? *text : escape);
    }
    return at;
}

static inline uint8_t *imu_reps_put_number(uint8_t *at, uint16_t number) {
    if (number >= 10) {
        at = imu_reps_put_number(at, number / 10);
    }
    *at++ = (uint8_t)('0' + number % 10);
    return at;
}

static inline uint8_t *imu_reps_put_key(uint8_t *at, const char *key) {
    return imu_reps_put_text(at, key, IMU_REPS_CONTENT_MAX, 0);
}

static inline uint8_t *imu_reps_put_name(uint8_t *at, const char *key, const char *name) {
    at = imu_reps_put_key(at, key);
    at = imu_reps_put_text(at, name, IMU_REPS_TEXT_MAX, '_');
    *at++ = '"';
    return at;
}

static inline size_t imu_reps_encode_hello(uint8_t *out, const imu_reps_hello *hello) {
    uint8_t *at = imu_reps_open(out, IMU_REPS_HELLO);
    at = imu_reps_put_number(imu_reps_put_key(at, "{\"protocol\":"), IMU_REPS_PROTOCOL);
    at = imu_reps_put_name(at, ",\"firmware\":\"", hello->firmware);
    at = imu_reps_put_name(at, ",\"sensor\":\"", hello->sensor);
    at = imu_reps_put_number(imu_reps_put_key(at, ",\"rate_hz\":"), hello->rate_hz);
    at = imu_reps_put_number(imu_reps_put_key(at, ",\"acc_lsb_per_g\":"), hello->acc_lsb_per_g);
    at = imu_reps_put_key(at, ",\"gyr_lsb_per_dps\":");
    at = imu_reps_put_number(at, hello->gyr_tenth_lsb_per_dps / 10);
    *at++ = '.';
    at = imu_reps_put_number(at, hello->gyr_tenth_lsb_per_dps % 10);
    at = imu_reps_put_name(at, ",\"id\":\"", hello->id);
    *at++ = '}';
    return imu_reps_close(out, at);
}

/* Text is cut after IMU_REPS_CONTENT_MAX bytes. */
static inline size_t imu_reps_encode_log(uint8_t *out, const char *text) {
    uint8_t *at = imu_reps_open(out, IMU_REPS_LOG);
    return imu_reps_close(out, imu_reps_put_text(at, text, IMU_REPS_CONTENT_MAX, 0));
}

/* What the host wants: IMU_REPS_WANTS_RATE leaves the rate in `rate_hz`. */
typedef enum {
    IMU_REPS_WANTS_NOTHING,
    IMU_REPS_WANTS_HELLO,
    IMU_REPS_WANTS_RATE,
    IMU_REPS_WANTS_BAD_RATE
} imu_reps_wish;

/* Begin with all zeros. */
typedef struct {
    uint8_t digits; /* one more than have been read of a rate; 0 outside of one */
    uint16_t rate_hz;
} imu_reps_requests;

static inline imu_reps_wish imu_reps_rate_wish(imu_reps_requests *requests) {
    uint8_t digits = requests->digits;
    requests->digits = 0;
    if (digits < 2 || requests->rate_hz < IMU_REPS_RATE_MIN_HZ ||
        requests->rate_hz > IMU_REPS_RATE_MAX_HZ) {
        return IMU_REPS_WANTS_BAD_RATE;
    }
    return IMU_REPS_WANTS_RATE;
}

/* The wish that this byte completes. Bytes that belong to none are passed over. */
static inline imu_reps_wish imu_reps_hear(imu_reps_requests *requests, uint8_t byte) {
    if (requests->digits && byte >= '0' && byte <= '9' && requests->digits <= 3) {
        requests->rate_hz = (uint16_t)(requests->rate_hz * 10 + (byte - '0'));
        requests->digits++;
        return IMU_REPS_WANTS_NOTHING;
    }
    if (requests->digits && (byte == '\n' || byte == '\r')) {
        return imu_reps_rate_wish(requests);
    }
    int torn = requests->digits != 0;
    requests->rate_hz = 0;
    requests->digits = byte == 'r';
    if (byte == '?') {
        return IMU_REPS_WANTS_HELLO;
    }
    return torn && !requests->digits ? IMU_REPS_WANTS_BAD_RATE : IMU_REPS_WANTS_NOTHING;
}

#endif

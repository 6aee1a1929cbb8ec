/* The recording that moves the sensor: its rows, and where it is now. */
#ifndef RECORDING_H
#define RECORDING_H

#include "world.h"

static int16_t (*rows)[6];
static long row_count;
static double rate_hz, first_read_s = -1;
static FILE *served;

/* The last six columns of a line, false if they are not numbers. */
static int row_parse(const char *line, int16_t *row) {
    int v[6];
    const char *at = line + strlen(line);
    for (int commas = 0; at > line && (commas += at[-1] == ',') < 6; --at) {
    }
    if (sscanf(at, "%d,%d,%d,%d,%d,%d", v, v + 1, v + 2, v + 3, v + 4, v + 5) != 6) {
        return 0;
    }
    for (int i = 0; i < 6; ++i) {
        row[i] = (int16_t)v[i];
    }
    return 1;
}

static void rows_read(const char *path) {
    char line[4096];
    FILE *file = fopen(path, "r");
    if (!file) {
        fail(path, strerror(errno));
    }
    while (fgets(line, sizeof line, file)) {
        if (row_count % 1024 == 0) {
            rows = realloc(rows, sizeof *rows * (size_t)(row_count + 1024));
        }
        row_count += line[0] != '#' && row_parse(line, rows[row_count]);
    }
    fclose(file);
    if (!row_count) {
        fail(path, "no samples in it");
    }
}

/* Where the recording is now; it begins in the middle of row 0 when the sketch first reads. */
static long row_now(void) {
    return first_read_s < 0 ? 0 : (long)((now_s() - first_read_s) * rate_hz + 0.5);
}

static const int16_t *values_now(void) {
    long row = row_now();
    return rows[row < row_count ? row : row_count - 1];
}

#endif

/* An Uno with an MPU-6050, simulated: runs the sketch's ELF, feeds the sensor from a recording, and
 * gives the serial line out as a pseudo-terminal, whose name is the first line on standard output.
 * At the recording's end a line of JSON follows: what was measured meanwhile.
 *
 *   uno ELF RECORDING RATE_HZ [option value ...]
 *
 * speed X    X simulated seconds a second, and what the host does not read in time is lost, as on a
 *            real line; 0, the default: as fast as the host reads, and nothing is ever lost
 * buffer N    with a speed: the host's side keeps so many bytes that it has not read (default: all)
 * after S    go on for S seconds after the recording (default 1)
 * say TEXT   the host's first words; "wait 1": power comes with the first byte from the host
 * served F   write every sample that the sketch has read to the file F
 * address N, who N
 *            the sensor's address, and what it answers to WHO_AM_I (default: 104, an MPU-6050's)
 * absent S, hang S, restart S
 *            the sensor is absent until then; hangs the bus then, in the middle of a sample, for
 *            `pulses N` clock pulses (default 9); loses its power for a moment then
 */
#include "serial_line.h"
#include "two_wires.h"

#define SLICE (CLOCK_HZ / 1000)
#define RAM_FIRST 0x100
#define RAM_SIZE 2048
#define UNTOUCHED 0xA5
#define TIMER1_COMPA 11

static avr_cycle_count_t asleep, tick_awake;
static long ticks;
static double busy_sum_s, busiest_s;

static void sleeps(avr_t *unused, avr_cycle_count_t cycles) {
    asleep += cycles + 1;
}

static double awake_s(void) {
    return (double)(avr->cycle - asleep - tick_awake) / CLOCK_HZ;
}

static void ticked(avr_irq_t *irq, uint32_t value, void *param) {
    if (!value) {
        return;
    }
    ticked_s = now_s();
    if (++ticks > 1) {
        busy_sum_s += awake_s();
        busiest_s = awake_s() > busiest_s ? awake_s() : busiest_s;
    }
    tick_awake = avr->cycle - asleep;
}

static void uno_start(const char *path) {
    elf_firmware_t firmware = {0};
    if (elf_read_firmware(path, &firmware)) {
        fail(path, "cannot be read as an ELF");
    }
    avr = avr_make_mcu_by_name("atmega328p");
    avr_init(avr);
    firmware.frequency = CLOCK_HZ;
    avr_load_firmware(avr, &firmware);
    avr->frequency = CLOCK_HZ;
    avr->vcc = avr->avcc = avr->aref = 5000;
    avr->log = LOG_ERROR;
    avr->sleep = sleeps;
    memset(avr->data + RAM_FIRST, UNTOUCHED, RAM_SIZE);
    avr_irq_t *interrupt = avr_get_interrupt_irq(avr, TIMER1_COMPA);
    avr_irq_register_notify(interrupt + AVR_INT_IRQ_RUNNING, ticked, NULL);
}

/* Memory that neither variables nor the deepest stack has touched. */
static int ram_untouched(void) {
    int longest = 0, run = 0;
    for (int i = 0; i < RAM_SIZE; ++i) {
        run = avr->data[RAM_FIRST + i] == UNTOUCHED ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static void keep_pace(const struct timespec *began) {
    if (options.speed <= 0) {
        return;
    }
    double due_s = now_s() / options.speed;
    struct timespec due = *began;
    due.tv_sec += (time_t)due_s;
    due.tv_nsec += (long)((due_s - (double)(time_t)due_s) * 1e9);
    if (due.tv_nsec >= 1000000000) {
        due.tv_nsec -= 1000000000;
        ++due.tv_sec;
    }
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
}

static void run_slice(void) {
    avr_cycle_count_t end = avr->cycle + SLICE;
    while (avr->cycle < end) {
        int state = avr_run(avr);
        if (state == cpu_Crashed || state == cpu_Done) {
            fail("the sketch", "crashed");
        }
    }
}

static void run(void) {
    struct timespec began;
    clock_gettime(CLOCK_MONOTONIC, &began);
    double end_s = (double)row_count / rate_hz + options.after_s;
    /* Without a sensor there is no recording: it ends all the same. */
    while (!stopped && now_s() - (first_read_s < 0 ? options.absent_s : first_read_s) < end_s) {
        run_slice();
        sensor_faults();
        line_hear();
        line_say();
        line_write();
        keep_pace(&began);
    }
    burst_s = 0;
    line_write();
}

static void report(void) {
    static const uint8_t set_up[] = {0x19, 0x1A, 0x1B, 0x1C, 0x1D, PWR_MGMT_1};
    double busy_mean_s = ticks > 1 ? busy_sum_s / (double)(ticks - 1) : 0;
    fprintf(results, "{\"seconds\": %.6f, \"ticks\": %ld", now_s(), ticks);
    fprintf(results, ", \"rows\": %ld", row_count);
    fprintf(results, ", \"samples_read\": %ld", samples_read);
    fprintf(results, ", \"bytes_sent\": %ld, \"bytes_lost\": %ld", bytes_sent, bytes_lost);
    fprintf(results, ", \"scl_pulses\": %d", pulses_seen);
    fprintf(results, ", \"busy_mean_us\": %.1f", 1e6 * busy_mean_s);
    fprintf(results, ", \"busy_worst_us\": %.1f", 1e6 * busiest_s);
    fprintf(results, ", \"read_late_worst_us\": %.1f", 1e6 * longest_wait_s);
    fprintf(results, ", \"awake_share\": %.4f", 1 - (double)asleep / (double)avr->cycle);
    fprintf(results, ", \"ram_untouched\": %d, \"registers\": {", ram_untouched());
    for (size_t i = 0; i < sizeof set_up; ++i) {
        fprintf(results, "%s\"%02X\": %d", i ? ", " : "", set_up[i], registers[set_up[i]]);
    }
    fprintf(results, "}}\n");
    fflush(results);
}

static void stop(int number) {
    stopped = 1;
}

static void option(const char *name, const char *value) {
    const struct {
        const char *name;
        double *value;
    } numbers[] = {{"speed", &options.speed},   {"after", &options.after_s},
                   {"absent", &options.absent_s}, {"hang", &options.hang_s},
                   {"restart", &options.restart_s}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; ++i) {
        if (!strcmp(name, numbers[i].name)) {
            *numbers[i].value = atof(value);
            return;
        }
    }
    const struct {
        const char *name;
        int *value;
    } counts[] = {{"pulses", &options.pulses},
                  {"buffer", &options.buffer},
                  {"wait", &options.wait},
                  {"address", &options.address},
                  {"who", &options.who}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; ++i) {
        if (!strcmp(name, counts[i].name)) {
            *counts[i].value = atoi(value);
            return;
        }
    }
    if (!strcmp(name, "say")) {
        options.say = value;
    } else if (!strcmp(name, "served")) {
        options.served = value;
    } else {
        fail(name, "no such option");
    }
}

static void wait_for_host(void) {
    struct pollfd host = {.fd = master, .events = POLLIN};
    while (options.wait && !stopped && poll(&host, 1, 100) <= 0) {
    }
}

int main(int argc, char **argv) {
    if (argc < 4 || argc % 2) {
        fail("usage", "uno ELF RECORDING RATE_HZ [option value ...]");
    }
    for (int i = 4; i < argc; i += 2) {
        option(argv[i], argv[i + 1]);
    }
    results = fdopen(dup(STDOUT_FILENO), "w");
    dup2(STDERR_FILENO, STDOUT_FILENO);
    signal(SIGTERM, stop);
    signal(SIGINT, stop);
    rate_hz = atof(argv[3]);
    rows_read(argv[2]);
    served = options.served ? fopen(options.served, "w") : NULL;
    uno_start(argv[1]);
    sensor_power_on();
    bus_connect();
    line_connect();
    line_open();
    wait_for_host();
    incoming_count = strlen(options.say);
    memcpy(incoming, options.say, incoming_count);
    run();
    if (served) {
        fclose(served);
    }
    if (options.speed <= 0) {
        line_drain();
    }
    report();
    while (!stopped && getchar() != EOF) { /* the line stays open until the host has had it all */
    }
    return 0;
}

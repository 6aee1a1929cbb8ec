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
 * absent S, hang S, restart S
 *            the sensor is absent until then; hangs the bus then, in the middle of a sample, for
 *            `pulses N` clock pulses (default 9); loses its power for a moment then
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <avr_ioport.h>
#include <avr_twi.h>
#include <avr_uart.h>
#include <sim_avr.h>
#include <sim_elf.h>
#include <sim_interrupts.h>
#include <sim_time.h>

#define CLOCK_HZ 16000000
#define SLICE (CLOCK_HZ / 1000)
#define RAM_FIRST 0x100
#define RAM_SIZE 2048
#define UNTOUCHED 0xA5
#define TIMER1_COMPA 11

/* Without a speed bytes come in bursts, as through Bluetooth: a host is woken less often. */
#define BURST 512
#define BURST_S 0.1

#define SDA 4 /* of port C */
#define SCL 5

/* RM-MPU-6000A-00 4.2 */
#define GYRO_CONFIG 0x1B
#define ACCEL_CONFIG 0x1C
#define ACCEL_XOUT_H 0x3B
#define PWR_MGMT_1 0x6B
#define WHO_AM_I 0x75
#define SLEEPS 0x40
#define ADDRESS 0x68
#define MEASUREMENTS 14
#define OUR_RANGE 1 /* the recording's counts are at 4 g and 500 degrees a second */
#define TEMPERATURE (-1190) /* 33.03 degrees */

typedef struct {
    double speed, after_s, absent_s, hang_s, restart_s;
    int pulses, wait, buffer;
    const char *say, *served;
} Options;

static Options options = {.after_s = 1, .pulses = 9, .hang_s = -1, .restart_s = -1, .say = ""};
static avr_t *avr;
static FILE *results; /* our own lines; what simavr prints goes to standard error */
static volatile sig_atomic_t stopped;

static double now_s(void) {
    return (double)avr->cycle / CLOCK_HZ;
}

static _Noreturn void fail(const char *what, const char *why) {
    fprintf(stderr, "uno: %s: %s\n", what, why);
    exit(1);
}

/* ---- the recording ---- */

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

/* ---- the MPU-6050 ---- */

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
    registers[WHO_AM_I] = 0x68;
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
    selected = address >> 1 == ADDRESS && is_there() ? address : 0;
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

/* ---- the two lines of the bus ---- */

static avr_io_write_t twcr_write;
static int scl_high = 1, pulses_seen;

static void sda_hold(int held) {
    sda_held = held;
    avr_ioport_external_t lines = {
        .name = 'C', .mask = 1 << SDA | 1 << SCL, .value = (!held) << SDA | 1 << SCL};
    avr_ioctl(avr, AVR_IOCTL_IOPORT_SET_EXTERNAL('C'), &lines);
}

/* The sketch clocks by hand: the sensor goes on with its byte, and at its end lets go. */
static void scl_moved(avr_irq_t *irq, uint32_t value, void *param) {
    int rises = value && !scl_high;
    scl_high = (int)value;
    if (!rises) {
        return;
    }
    ++pulses_seen;
    if (sda_held && --pulses_left <= 0) {
        sda_hold(0);
    }
}

static avr_cycle_timer_slot_p twi_timer(avr_twi_t *twi) {
    avr_cycle_timer_slot_p slot = avr->cycle_timers.timer;
    while (slot && slot->param != twi) {
        slot = slot->next;
    }
    return slot;
}

/* After the address simavr 1.6 tells of data: of that byte's acknowledge, 28 and 30 for 18 and 20. */
static void twi_correct(avr_twi_t *twi, uint8_t status) {
    if (status == 0x08 || status == 0x10) {
        uint8_t next = twi->next_twstate;
        twi->next_twstate = next == 0x28 ? 0x18 : next == 0x30 ? 0x20 : next;
    }
}

/* simavr answers sooner than a bus would: its answer comes when the bits have passed. */
static void twi_slow_down(avr_twi_t *twi, int is_start) {
    avr_cycle_timer_slot_p slot = twi_timer(twi);
    if (slot) {
        avr_cycle_timer_t timer = slot->timer;
        unsigned bit = 16 + 2 * avr->data[twi->r_twbr];
        avr_cycle_timer_cancel(avr, timer, twi);
        avr_cycle_timer_register(avr, bit * (is_start ? 2 : 9), timer, twi);
    }
}

/* While SDA is held down the hardware can do nothing on the bus, so nothing gets done. TWINT is
 * cleared by writing a one; simavr 1.6 leaves the one standing if it was not set before. */
static void twcr_written(avr_t *unused, avr_io_addr_t address, uint8_t value, void *param) {
    avr_twi_t *twi = param;
    if (sda_held && value & 1 << twi->twen.bit) {
        avr->data[address] = value & (uint8_t)~(1 << twi->twi.raised.bit);
        return;
    }
    uint8_t status = avr->data[twi->r_twsr] & 0xF8;
    twcr_write(avr, address, value, param);
    twi_correct(twi, status);
    avr->data[address] &= (uint8_t)~(1 << twi->twi.raised.bit);
    twi_slow_down(twi, value & 1 << twi->twsta.bit);
}

static void bus_connect(void) {
    avr_io_addr_t twcr = AVR_DATA_TO_IO(0xBC);
    twcr_write = avr->io[twcr].w.c;
    avr->io[twcr].w.c = twcr_written;
    avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_TWI_GETIRQ(0), TWI_IRQ_OUTPUT), bus_said,
                            NULL);
    avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ('C'), SCL), scl_moved, NULL);
    sda_hold(0);
}

/* ---- the serial line ---- */

static uint8_t outgoing[65536], incoming[4096];
static size_t outgoing_count, incoming_count;
static long bytes_sent, bytes_lost;
static double burst_s;
static int master, slave;

static void line_open(void) {
    char name[128];
    struct termios raw;
    if (openpty(&master, &slave, name, NULL, NULL)) {
        fail("pseudo-terminal", strerror(errno));
    }
    tcgetattr(slave, &raw);
    cfmakeraw(&raw);
    tcsetattr(slave, TCSANOW, &raw);
    fcntl(master, F_SETFL, O_NONBLOCK);
    fprintf(results, "%s\n", name);
    fflush(results);
}

static void line_byte(avr_irq_t *irq, uint32_t value, void *param) {
    if (outgoing_count < sizeof outgoing) {
        outgoing[outgoing_count++] = (uint8_t)value;
    }
    ++bytes_sent;
}

static void line_connect(void) {
    uint32_t quiet = 0;
    avr_ioctl(avr, AVR_IOCTL_UART_SET_FLAGS('0'), &quiet);
    avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUTPUT),
                            line_byte, NULL);
}

static void line_hear(void) {
    size_t room = sizeof incoming - incoming_count;
    ssize_t count = room ? read(master, incoming + incoming_count, room) : 0;
    incoming_count += count > 0 ? (size_t)count : 0;
}

/* How many of so many bytes the host's side still takes. */
static size_t line_keeps(size_t count) {
    int unread = 0;
    if (options.speed <= 0 || !options.buffer) {
        return count;
    }
    ioctl(slave, FIONREAD, &unread);
    size_t room = unread < options.buffer ? (size_t)(options.buffer - unread) : 0;
    return count < room ? count : room;
}

/* What has gone out; without a speed the simulation stands still until the host has room for it. */
static void line_write(void) {
    size_t done = 0;
    if (options.speed <= 0 && outgoing_count < BURST && now_s() < burst_s) {
        return;
    }
    burst_s = now_s() + BURST_S;
    size_t kept = line_keeps(outgoing_count);
    while (done < kept && !stopped) {
        ssize_t count = write(master, outgoing + done, kept - done);
        if (count > 0) {
            done += (size_t)count;
        } else if (options.speed > 0) {
            break;
        } else {
            struct pollfd room = {.fd = master, .events = POLLOUT};
            poll(&room, 1, 100);
        }
    }
    bytes_lost += (long)(outgoing_count - done);
    outgoing_count = 0;
}

/* A byte a millisecond from the host: no more than any line carries. */
static void line_say(void) {
    if (incoming_count) {
        avr_raise_irq(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_INPUT), incoming[0]);
        memmove(incoming, incoming + 1, --incoming_count);
    }
}

static void line_drain(void) {
    for (int unread = 1, empty = 0; empty < 3 && !stopped; empty = unread ? 0 : empty + 1) {
        usleep(10000);
        ioctl(slave, FIONREAD, &unread);
    }
}

/* ---- the Uno ---- */

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
    fprintf(results, "{\"seconds\": %.6f, \"ticks\": %ld, \"samples_read\": %ld, \"rows\": %ld, ", now_s(),
           ticks, samples_read, row_count);
    fprintf(results, "\"bytes_sent\": %ld, \"bytes_lost\": %ld, \"scl_pulses\": %d, ", bytes_sent, bytes_lost,
           pulses_seen);
    fprintf(results, "\"busy_mean_us\": %.1f, \"busy_worst_us\": %.1f, \"read_late_worst_us\": %.1f, ",
           ticks > 1 ? 1e6 * busy_sum_s / (double)(ticks - 1) : 0, 1e6 * busiest_s,
           1e6 * longest_wait_s);
    fprintf(results, "\"awake_share\": %.4f, \"ram_untouched\": %d, ",
           1 - (double)asleep / (double)avr->cycle, ram_untouched());
    fprintf(results, "\"registers\": {\"19\": %d, \"1A\": %d, \"1B\": %d, \"1C\": %d, \"6B\": %d}}\n",
           registers[0x19], registers[0x1A], registers[0x1B], registers[0x1C], registers[0x6B]);
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
    if (!strcmp(name, "say")) {
        options.say = value;
    } else if (!strcmp(name, "served")) {
        options.served = value;
    } else if (!strcmp(name, "pulses")) {
        options.pulses = atoi(value);
    } else if (!strcmp(name, "buffer")) {
        options.buffer = atoi(value);
    } else if (!strcmp(name, "wait")) {
        options.wait = atoi(value);
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

/* The serial line, out as a pseudo-terminal. */
#ifndef SERIAL_LINE_H
#define SERIAL_LINE_H

#include "world.h"

/* Without a speed bytes come in bursts, as through Bluetooth: a host is woken less often. */
#define BURST 512
#define BURST_S 0.1



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

#endif

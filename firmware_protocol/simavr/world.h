/* What all of the simulated Uno knows: the options, the time, the chip. */
#ifndef WORLD_H
#define WORLD_H

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

typedef struct {
    double speed, after_s, absent_s, hang_s, restart_s;
    int pulses, wait, buffer, address, who;
    const char *say, *served;
} Options;

static Options options = {
    .after_s = 1,
    .hang_s = -1,
    .restart_s = -1,
    .pulses = 9,
    .address = 0x68,
    .who = 0x68,
    .say = "",
};
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

#endif

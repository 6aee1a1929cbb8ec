/* What there is to say in words. Each kind waits at most once; its text is made when it is sent. */
#ifndef NOTES_H
#define NOTES_H

#include <stdint.h>

enum Note {
    NOTE_FOUND,
    NOTE_MISSING,
    NOTE_LOST,
    NOTE_FREED,
    NOTE_STUCK,
    NOTE_RESTARTED,
    NOTE_RATE,
    NOTE_BAD_RATE,
    NOTE_DROPPED,
    NOTE_COUNT
};

static uint16_t notes_waiting;

static void note(Note which) {
    notes_waiting |= (uint16_t)(1u << which);
}

/* The next one, NOTE_COUNT if there is none. */
static Note note_taken() {
    for (uint8_t i = 0; i < NOTE_COUNT; ++i) {
        if (notes_waiting & 1u << i) {
            notes_waiting &= (uint16_t)~(1u << i);
            return (Note)i;
        }
    }
    return NOTE_COUNT;
}

#endif

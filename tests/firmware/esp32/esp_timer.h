#ifndef ESP_TIMER_H
#define ESP_TIMER_H

#include <stdint.h>

typedef struct simulated_timer *esp_timer_handle_t;
typedef struct {
    void (*callback)(void *);
    void *arg;
    const char *name;
} esp_timer_create_args_t;

int esp_timer_create(const esp_timer_create_args_t *args, esp_timer_handle_t *timer);
int esp_timer_start_periodic(esp_timer_handle_t timer, uint64_t period_us);
int esp_timer_stop(esp_timer_handle_t timer);

#endif

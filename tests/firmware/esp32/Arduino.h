/* As much of Arduino on an ESP32 as the sketch uses, on a world that board.cpp simulates. */
#ifndef ARDUINO_H
#define ARDUINO_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define HIGH 1
#define LOW 0
#define OUTPUT 3
#define INPUT_PULLUP 5
#define SDA 21
#define SCL 22

#define PSTR(text) (text)
#define snprintf_P snprintf
#define strcpy_P strcpy

unsigned long micros();
unsigned long millis();
void delay(uint32_t ms);
void delayMicroseconds(uint32_t us);
void pinMode(uint8_t pin, uint8_t mode);
void digitalWrite(uint8_t pin, uint8_t level);
int digitalRead(uint8_t pin);

struct HardwareSerial {
    void begin(unsigned long baud);
    size_t setTxBufferSize(size_t size);
    int available();
    int read();
    int availableForWrite();
    size_t write(uint8_t value);
    size_t write(const uint8_t *data, size_t count);
};
extern HardwareSerial Serial;

struct EspClass {
    uint64_t getEfuseMac();
};
extern EspClass ESP;

#endif

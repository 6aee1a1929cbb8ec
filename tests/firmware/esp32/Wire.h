#ifndef WIRE_H
#define WIRE_H

#include "Arduino.h"

struct TwoWire {
    bool begin(int sda, int scl, uint32_t hz);
    bool end();
    void setTimeOut(uint16_t ms);
    void beginTransmission(uint8_t device);
    size_t write(uint8_t value);
    uint8_t endTransmission(bool stop = true);
    uint8_t requestFrom(uint8_t device, uint8_t count);
    int read();
};
extern TwoWire Wire;

#endif

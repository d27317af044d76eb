// Register values, apart from the code that writes them.

#ifndef SENSOR_OV7670_SETTINGS_H
#define SENSOR_OV7670_SETTINGS_H

#include <stdint.h> // uint8_t

typedef struct {
    uint8_t address, value;
} ov7670_setting_t;

// What is the same in all modes; in flash.
extern const ov7670_setting_t ov7670_common[];
extern const uint8_t ov7670_common_count;

#endif

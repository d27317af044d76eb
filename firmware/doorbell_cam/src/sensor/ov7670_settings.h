// Register values, apart from the code that writes them.

#ifndef SENSOR_OV7670_SETTINGS_H
#define SENSOR_OV7670_SETTINGS_H

#include <stdint.h> // uint8_t

#include "ov7670.h" // frame geometry

// First column of the window and the one behind the last. Earlier ones hold the sensor's dark reference; should a board show junk at an
// edge, move it.
#define OV7670_FIRST_COLUMN 180
#define OV7670_END_COLUMN ((OV7670_FIRST_COLUMN + OV7670_PICTURE_COLUMNS) % OV7670_FRAME_COLUMNS) // the column counter wraps within the row

typedef struct {
    uint8_t address, value;
} ov7670_setting_t;

// What is the same in all modes; in flash.
extern const ov7670_setting_t ov7670_common[];
extern const uint8_t ov7670_common_count;

// The low bits of the first and the last column, which share a register with the edge offset.
#define OV7670_HREF_WINDOW ((OV7670_END_COLUMN & 7) << 3 | (OV7670_FIRST_COLUMN & 7))


#endif

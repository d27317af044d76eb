// The OV7670 camera: what to write into its registers so that it sends what the capture can take. Works through board_sccb_*. Every write
// is followed by a pause of 1 ms: the sensor locks up when it is written faster (seen by several projects, not in the datasheet).

#ifndef SENSOR_OV7670_H
#define SENSOR_OV7670_H

#include <stdbool.h> // bool
#include <stdint.h>  // fixed-width integers

// The sensor makes a frame of 784 x 510 clock pairs, whatever of it is output; these are in rows and columns of that frame.
#define OV7670_FRAME_COLUMNS 784
#define OV7670_FRAME_ROWS 510
#define OV7670_PICTURE_COLUMNS 640
#define OV7670_PICTURE_ROWS 480
#define OV7670_ROWS_BEFORE_PICTURE 17 // between the fall of VSYNC and the first row

typedef enum { OV7670_HALF = 1, OV7670_QUARTER = 2 } ov7670_scale_t; // 320x240, 160x120

// Supplied by the outside: waits that long, doing whatever must not wait (the bell).
void ov7670_pause_ms(uint16_t duration_ms);

// Sets all registers to their values after power-on. False: no answer.
bool ov7670_reset(void);

// The product number. False: no answer.
bool ov7670_identify(uint8_t *pid, uint8_t *ver);

// Size and speed: PCLK = XCLK / (divider + 1) / scale. Also fits the flicker filter and the night limit to the row time. False: no answer.
bool ov7670_configure(ov7670_scale_t scale, uint8_t divider);

// Where in a row its first luma is differs from sensor to sensor and from size to size: LiveOV7670 skips the first byte, ov7670-no-ram and
// Adafruit_OV7670 set HREF's edge offset for QQVGA alone. Bits 1-0 are that offset, bit 2 puts chroma first. False: no answer.
#define OV7670_ALIGNMENTS 8
bool ov7670_set_alignment(uint8_t alignment);

// Eight colour bars in place of the picture. False: no answer.
bool ov7670_show_bars(bool on);

// What the automatic exposure has come to: rows of exposure and the 10-bit gain value. False: no answer.
bool ov7670_read_exposure(uint16_t *rows, uint16_t *gain);

// The night limit is exposed for, and even so the gain is 2 or more: the sensor is the photocell. False also when it does not answer.
bool ov7670_is_dark(uint8_t divider);

#endif

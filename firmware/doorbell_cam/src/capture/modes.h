// The modes of docs/protocol.md with the timing that the serial rate allows. All figures follow from four facts:
//   XCLK is 2 cycles of the chip; a row of the sensor is 784 x 2 clocks; n + 1 is the sensor's divider; a byte takes 10 bits of the line.
//
//   one byte of the sensor   4 (n + 1) cycles at half size (QVGA), 8 (n + 1) at a quarter (QQVGA); gray takes every second byte
//   one row                  6,272 (n + 1) cycles (two rows of the sensor), 12,544 (n + 1) (four)
//   one row on the line      (pixel bytes + 8) x 160 cycles at 1 Mbit/s, 80 at 2, 320 at 0.5
//
// n is the smallest divider at which a row and one BELL or ACK (8 bytes) between rows fit (n 8 at 0.5 Mbit/s, compressed, would leave 128
// cycles for the program):
//
//                      0.5 Mbit/s               1 Mbit/s                 2 Mbit/s
//   QVGA gray          n 17  112,896 / 104,960   n  8   56,448 / 52,480   n 4  31,360 / 26,240
//   QQVGA gray         n  4   62,720 /  53,760   n  2   37,632 / 26,880   n 1  25,088 / 13,440
//   QVGA colour        n 33  213,248 / 207,360   n 16  106,624 / 103,680  n 8  56,448 / 51,840
//   QQVGA colour       n  8  112,896 / 104,960   n  4   62,720 /  52,480  n 2  37,632 / 26,240
//   QVGA compressed    n  9   62,720 /  53,760   n  4   31,360 /  26,880  n 2  18,816 / 13,440
//                          (cycles a row takes / cycles its bytes take on the line)

#ifndef CAPTURE_MODES_H
#define CAPTURE_MODES_H

#include <stdbool.h> // bool
#include <stdint.h>  // fixed-width integers

#include "../board/board.h" // kinds of rows

#define MODE_COUNT 5
#define MODE_MAX_ROW_BYTES 640 // QVGA colour

// The rates of the serial line, in the order of the table in modes.c.
typedef enum { RATE_500K, RATE_1M, RATE_2M, RATE_COUNT } mode_rate_t;

typedef struct {
    uint16_t width, height, row_bytes;
    uint8_t format;        // enum link_format
    uint8_t scale;         // ov7670_scale_t
    uint8_t divider;       // n
    uint8_t sample_cycles; // from one sample to the next
    board_row_kind_t kind;
} mode_t;

// The rate for which mode_get works out the modes from now on.
void mode_use_rate(mode_rate_t rate);

// The mode's figures at the rate in use; number must be below MODE_COUNT.
mode_t mode_get(uint8_t number);

// Gray rows of that size (ov7670_scale_t), stored and not sent, at the shortest sample period there is a loop for.
mode_t mode_for_checks(uint8_t scale);

// One row from HREF to HREF, in ticks of board_ticks.
uint16_t mode_row_ticks(const mode_t *mode);

// The part of a row in which HREF is high, in ticks.
uint16_t mode_active_ticks(const mode_t *mode);

// One frame, in ticks: without a rest, because the sensor's clock is the chip's own, divided.
uint32_t mode_frame_ticks(const mode_t *mode);

// One frame, in milliseconds, rounded up.
uint16_t mode_frame_ms(const mode_t *mode);

#endif

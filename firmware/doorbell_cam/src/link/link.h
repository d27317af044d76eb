// The device's end of the link (docs/protocol.md): values in, zero-free checked packets out, byte by byte through link_output, which the
// outside supplies. Nothing here knows a register, a clock or a buffer larger than a row's header. One packet at a time.

#ifndef LINK_LINK_H
#define LINK_LINK_H

#include <stdint.h> // fixed-width integers

#define LINK_PROTOCOL_MAJOR 1
#define LINK_PROTOCOL_MINOR 2
#define LINK_FIRMWARE_MAJOR 0
#define LINK_FIRMWARE_MINOR 3
#define LINK_FIRMWARE_PATCH 0
#define LINK_BOARD_ATMEGA328P 1

#define LINK_ROW_HEADER_BYTES 4

enum link_type { LINK_HELLO = 0x81, LINK_FRAME_START, LINK_ROW, LINK_FRAME_END, LINK_BELL, LINK_STATUS, LINK_LOG, LINK_ACK, LINK_LINE };
enum link_format { LINK_GRAY8 = 0, LINK_YUV422 = 1, LINK_GRAY_DPCM = 3 };
enum link_trigger { LINK_TRIGGER_BELL = 1, LINK_TRIGGER_REQUEST, LINK_TRIGGER_STREAM, LINK_TRIGGER_MOTION };
enum link_result { LINK_DONE = 0, LINK_NOT_SUPPORTED = 1, LINK_BUSY = 2 };
enum link_severity { LINK_INFORMATION = 1, LINK_WARNING, LINK_ERROR };
enum link_capability {
    LINK_CAN_BELL = 1, LINK_CAN_MOTION = 2, LINK_CAN_TEST_BARS = 4, LINK_CAN_LIGHT = 8, LINK_CAN_MODES = 16, LINK_CAN_COMPRESS = 32,
    LINK_CAN_RATES = 64
};
enum link_flag { LINK_FLAG_TEST_BARS = 1, LINK_FLAG_MID_FRAME = 2 };

typedef struct {
    uint8_t protocol_major, protocol_minor, firmware_major, firmware_minor, firmware_patch, board, boot, reset_cause;
    uint16_t sensor_pid, sensor_ver;
    uint8_t mode;
    uint16_t width, height;
    uint8_t format;
    uint16_t clkrc;
    uint32_t baud;
    uint16_t capabilities;
    uint32_t number;
} link_hello_t;

typedef struct {
    uint16_t sequence;
    uint8_t mode;
    uint16_t width, height;
    uint8_t format, trigger, flags;
} link_frame_start_t;

typedef struct {
    uint16_t sequence, rows_sent, overruns, timeouts;
    uint32_t exposure;
    uint16_t gain;
} link_frame_end_t;

typedef struct {
    uint32_t uptime_s, frames, overruns, timeouts;
    uint16_t presses, motion_triggers, commands_ignored;
    uint8_t checks_run, checks_passed;
    uint16_t supply_mv;
} link_status_t;

// Supplied by the outside: puts one byte on the line, waiting until there is room.
void link_output(uint8_t byte);

// The pieces of a packet: begin, the fields in the document's order, finish. A value too large for its field is sent as the largest.
void link_begin(uint8_t type);
void link_u7(uint8_t value);
void link_u14(uint16_t value);
void link_u21(uint32_t value);
void link_u28(uint32_t value);
void link_char(char character);
void link_finish(void);

void link_send_hello(const link_hello_t *hello);
void link_send_frame_start(const link_frame_start_t *start);
void link_send_frame_end(const link_frame_end_t *end);
void link_send_bell(uint8_t boot, uint16_t press);
void link_send_status(const link_status_t *status);
void link_send_ack(uint8_t command, uint8_t result);
// One of count packets by which the host judges the line.
void link_send_line(uint8_t number, uint8_t count);
#define LINK_LINE_BYTES 120

// A row is sent while it is being captured, so it is not a packet like the others: its header is written into the row's buffer before its
// first pixel exists, its CRC is carried along by whoever sends the pixels, and link_row_finish closes it.
// Returns the CRC over the header.
uint16_t link_row_header(uint8_t header[LINK_ROW_HEADER_BYTES], uint16_t sequence, uint16_t row);
void link_row_finish(uint16_t crc);

// Closes a row that must not be believed: without a CRC the host discards and counts it.
void link_row_spoil(void);

#endif

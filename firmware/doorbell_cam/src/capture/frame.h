// One frame: waits for the sensor, sends FRAME_START, every row while it is captured, and FRAME_END.
// The bell, commands and acknowledgements are served before, after and between any two rows.

#ifndef CAPTURE_FRAME_H
#define CAPTURE_FRAME_H

#include <stdbool.h> // bool
#include <stdint.h>  // fixed-width integers

#include "modes.h" // mode_t

typedef enum {
    FRAME_SENT,
    FRAME_NO_VSYNC,
    FRAME_NO_HREF,  // no row at all came
    FRAME_NO_PCLK,  // HREF without PCLK
    FRAME_SILENT,   // rows came, then stopped
    FRAME_CUT,      // every row ended before its last pixel
    FRAME_LOST_PLACE, // begun in mid-frame, and the sensor was not where it was taken for: to be sent again
} frame_result_t;

typedef struct {
    frame_result_t result;
    uint16_t rows_sent, overruns, timeouts;
    uint16_t exposure, gain;
} frame_report_t;

// Supplied by the outside: what may not wait longer than the gap between two rows (the bell, commands); and the part of it that sends
// nothing.
void frame_serve(void);
void frame_serve_at_leisure(void); // the same where a few milliseconds do not matter
void frame_watch_inputs(void);

// The buffer that rows are captured into, header in front; also used by the checks.
uint8_t *frame_row_buffer(void);

// How long to wait for VSYNC before the sensor counts as silent: two frames.
uint16_t frame_patience_ms(const mode_t *mode);

// Waits for VSYNC to rise and fall, serving the bell. False: it did not in that time.
bool frame_wait_for_vsync(uint16_t patience_ms);

// Waits, serving the bell, until the first row is so near that nothing else may be begun.
void frame_wait_for_first_row(const mode_t *mode);

// Tells the wait above when the first row really came, in ticks after the fall of VSYNC.
void frame_learn_first_row(const mode_t *mode, uint16_t ticks_after_vsync);

// How long to wait for a row, for board_row_t.
uint16_t frame_wait_loops(const mode_t *mode);

// Finds out where the sensor is in its frame, and keeps it over hours of idling; forgotten when its settings change. To be called after
// VSYNC has fallen, when the first row is near.
void frame_find_place(const mode_t *mode);
void frame_keep_place(const mode_t *mode);
void frame_forget_place(void);

// at_once: begins with the row that comes next, if the place is known, and goes round; else with the first row.
frame_report_t frame_send(const mode_t *mode, uint8_t mode_number, uint16_t sequence, uint8_t trigger, bool test_bars, bool at_once);

#endif

// Capturing and sending one frame. See frame.h; modes.h for the time there is.

#include "frame.h"
#include "../board/board.h"   // rows, VSYNC, ticks
#include "../link/link.h"     // packets
#include "../sensor/ov7670.h" // exposure, frame geometry

#define MOST_WAIT_LOOPS ((uint16_t)(10 * 16000UL / BOARD_CYCLES_PER_WAIT_LOOP)) // 10 ms
#define LEAD_TICKS 100 // for FRAME_START and the header of a row: 19 bytes, and what is done around them
#define QUIET_TICKS 250 // 1 ms before the first row the waiting begins: longer than frame_serve takes at any rate

// Rows of the sensor between the fall of VSYNC and the first row. The datasheet's figure; the window's position shifts it, so it is
// measured.
static uint8_t rows_before_picture = OV7670_ROWS_BEFORE_PICTURE;

static uint8_t row_buffer[LINK_ROW_HEADER_BYTES + MODE_MAX_ROW_BYTES];

uint8_t *frame_row_buffer(void)
{
    return row_buffer;
}

uint16_t frame_patience_ms(const mode_t *mode)
{
    return (uint16_t)(2 * mode_frame_ms(mode));
}

bool frame_wait_for_vsync(uint16_t patience_ms)
{
    uint16_t start = board_now_ms();
    while (!board_vsync()) {
        frame_serve_at_leisure();
        if ((uint16_t)(board_now_ms() - start) > patience_ms)
            return false;
    }
    start = board_now_ms();
    while (board_vsync()) {
        frame_serve_at_leisure();
        if ((uint16_t)(board_now_ms() - start) > patience_ms)
            return false;
    }
    return true;
}

void frame_learn_first_row(const mode_t *mode, uint16_t ticks_after_vsync)
{
    rows_before_picture = (uint8_t)(ticks_after_vsync / (mode_row_ticks(mode) >> mode->scale));
}

void frame_wait_for_first_row(const mode_t *mode)
{
    uint16_t start = board_ticks();
    uint16_t first_row = (uint16_t)(rows_before_picture * (mode_row_ticks(mode) >> mode->scale));
    while ((uint16_t)(board_ticks() - start) + QUIET_TICKS < first_row && !board_href())
        frame_serve();
}

// ---- Where the sensor is in its frame ----
//
// XCLK is the chip's own clock, divided: once a row has been seen, the time tells for ever after which row the sensor is at, without a
// rest. So a frame can begin with whatever row comes next.

static bool place_known;
static uint32_t first_row_at; // when row 0 of some frame had been captured

void frame_forget_place(void)
{
    place_known = false;
}

static uint32_t since_first_row(const mode_t *mode)
{
    uint32_t frame_ticks = mode_frame_ticks(mode), now = board_long_ticks();
    first_row_at += (now - first_row_at) / frame_ticks * frame_ticks; // kept near: the counter wraps after hours
    return now - first_row_at;
}

void frame_keep_place(const mode_t *mode)
{
    if (place_known)
        since_first_row(mode);
}

void frame_find_place(const mode_t *mode)
{
    uint16_t start = board_ticks(), patience = (uint16_t)(4 * mode_row_ticks(mode));
    uint32_t rows_late = 0;
    if (board_href()) { // row 0 is passing already
        rows_late = mode_row_ticks(mode);
        while (board_href() && (uint16_t)(board_ticks() - start) < patience) {
        }
    }
    while (!board_href() && (uint16_t)(board_ticks() - start) < patience) {
    }
    place_known = board_href();
    // Of the frame before: this row's end is still to come, and a time to come looks like one long ago.
    first_row_at = board_long_ticks() + mode_active_ticks(mode) - rows_late - mode_frame_ticks(mode);
}

// Rows after the one that was just captured keep the place exact.
static void note_place(const mode_t *mode, uint16_t row, uint16_t captured_at)
{
    uint32_t now = board_long_ticks();
    first_row_at = now - (uint16_t)((uint16_t)now - captured_at) - (uint32_t)row * mode_row_ticks(mode);
    place_known = true;
}

// Twice the distance of two rows, but never more than 10 ms without a look at the bell: in the slowest mode 8 ms pass between two rows.
uint16_t frame_wait_loops(const mode_t *mode)
{
    uint32_t loops = (uint32_t)mode_row_ticks(mode) * 2 * (BOARD_CYCLES_PER_TICK / 2) / (BOARD_CYCLES_PER_WAIT_LOOP / 2);
    return loops > MOST_WAIT_LOOPS ? MOST_WAIT_LOOPS : (uint16_t)loops;
}

typedef struct {
    const mode_t *mode;
    uint16_t sequence, row, row_ticks, wait_loops;
    uint16_t previous_tick; // when the row before had been captured
    uint8_t rows_expected;  // since then: 1, more after skipped ones; 0 for the first
    bool exposure_known;    // read already
    frame_report_t report;
} progress_t;

// The line was still busy when a row began: that row is lost, and only it. Waits for its end.
static void skip_row(progress_t *progress)
{
    uint16_t start = board_ticks();
    while (board_href() && (uint16_t)(board_ticks() - start) < progress->row_ticks) {
    }
    progress->report.overruns++;
    progress->row++;
    if (progress->rows_expected > 0)
        progress->rows_expected++;
}

// Rows are numbered by counting them. Should one ever pass unseen, the time since the one before tells how many.
static uint8_t rows_missed(progress_t *progress)
{
    uint16_t now = board_ticks(), since = (uint16_t)(now - progress->previous_tick + progress->row_ticks / 2);
    progress->previous_tick = now;
    uint8_t passed = 0;
    while (since >= progress->row_ticks) {
        since = (uint16_t)(since - progress->row_ticks);
        passed++;
    }
    uint8_t expected = progress->rows_expected;
    progress->rows_expected = 1;
    return expected == 0 || passed < expected ? 0 : (uint8_t)(passed - expected);
}

// What is left of a row takes up to 7.5 ms of the line. The inputs are looked at once more after a third of it: a press must be seen closed
// twice, BELL_CLOSED_MS apart, and leave within 20 ms, and in the slowest mode two looks a row are too few for that.
static void send_rest(board_row_t *row)
{
    uint8_t *end = row->write;
    row->write -= (uint16_t)(end - row->read) / 3 * 2;
    board_send_stored(row);
    row->write = end;
    frame_watch_inputs();
    board_send_stored(row);
}

static board_row_result_t send_row(progress_t *progress)
{
    const mode_t *mode = progress->mode;
    board_row_t row = {
        .write = row_buffer + LINK_ROW_HEADER_BYTES,
        .read = row_buffer + LINK_ROW_HEADER_BYTES,
        .crc = link_row_header(row_buffer, progress->sequence, progress->row),
        .bytes = mode->row_bytes,
        .wait_loops = progress->wait_loops,
    };
    for (uint8_t i = 0; i < LINK_ROW_HEADER_BYTES; i++)
        link_output(row_buffer[i]);
    board_trace(BOARD_TRACE_WAITING_FOR_ROW);
    board_row_result_t result = board_capture_row(&row, mode->sample_cycles, mode->kind);
    if (result == BOARD_ROW_NO_HREF || result == BOARD_ROW_NO_PCLK) {
        link_row_spoil();
        return result;
    }
    uint8_t missed = rows_missed(progress);
    progress->row = (uint16_t)(progress->row + missed);
    frame_watch_inputs();
    send_rest(&row);
    if (result == BOARD_ROW_WHOLE && missed == 0)
        link_row_finish(row.crc);
    else
        link_row_spoil();
    return missed > 0 ? BOARD_ROW_CUT : result;
}

// Rows from the one at which the progress is, up to one; false: the camera has stopped in between.
static bool send_rows(progress_t *progress, uint16_t end)
{
    while (progress->row < end) {
        if (board_href()) {
            skip_row(progress);
            continue;
        }
        board_row_result_t result = send_row(progress);
        if (result == BOARD_ROW_WHOLE) {
            progress->report.rows_sent++;
        } else {
            progress->report.timeouts++;
            if (result != BOARD_ROW_CUT) {
                progress->report.result = result == BOARD_ROW_NO_PCLK ? FRAME_NO_PCLK
                    : progress->report.rows_sent == 0               ? FRAME_NO_HREF
                                                                     : FRAME_SILENT;
                return false;
            }
        }
        progress->row++;
        frame_serve();
    }
    return true;
}

// Before a row nothing is begun for this time: longer than frame_serve takes, and within the blank before it.
static uint16_t quiet_ticks(const mode_t *mode)
{
    uint16_t half_blank = (uint16_t)((mode_row_ticks(mode) - mode_active_ticks(mode)) / 2);
    return half_blank < QUIET_TICKS ? half_blank : QUIET_TICKS;
}

// Waits, serving the bell, until that row of the sensor is so near that nothing else may be begun. False: it was to be behind a VSYNC and
// none came near the time at which it must, so the place is not what it was taken for.
static bool wait_for_row(const mode_t *mode, uint16_t row, bool behind_vsync)
{
    uint32_t frame_ticks = mode_frame_ticks(mode);
    uint32_t captured = (uint32_t)row * mode_row_ticks(mode), rises = captured + frame_ticks - mode_active_ticks(mode) - quiet_ticks(mode);
    uint32_t vsync_falls = frame_ticks - mode_active_ticks(mode) - (uint32_t)rows_before_picture * (mode_row_ticks(mode) >> mode->scale);
    bool in_vsync = false, seen = !behind_vsync;
    // From now until the row: in ticks since the row 0 before it, which lies in this frame of the sensor or in the one before.
    uint32_t now = since_first_row(mode), target = rises % frame_ticks, left = (target + frame_ticks - now) % frame_ticks;
    if (left > frame_ticks / 2 && !behind_vsync)
        return true; // it is nearer than the time that is to be kept quiet
    uint32_t start = board_long_ticks();
    while (board_long_ticks() - start < left) {
        bool vsync = board_vsync();
        if (in_vsync && !vsync) {
            uint32_t at = since_first_row(mode), away = at > vsync_falls ? at - vsync_falls : vsync_falls - at;
            seen = seen || away < mode_row_ticks(mode);
        }
        in_vsync = vsync;
        frame_serve();
    }
    return seen;
}

// The next row that can be sent: FRAME_START and the header of the row must have left before it begins. Behind the last one comes row 0.
static uint16_t next_row(const mode_t *mode)
{
    uint32_t ready = since_first_row(mode) + mode_active_ticks(mode) + quiet_ticks(mode) + LEAD_TICKS, frame_ticks = mode_frame_ticks(mode);
    if (ready > frame_ticks)
        ready -= frame_ticks; // row 0 of the next frame is too near as well
    uint32_t row = ready / mode_row_ticks(mode) + 1;
    return row < mode->height ? (uint16_t)row : 0;
}

// The sensor writes new values only at the next VSYNC. Takes 2 ms of the control bus.
static void read_exposure(progress_t *progress)
{
    if (!ov7670_read_exposure(&progress->report.exposure, &progress->report.gain))
        progress->report.exposure = progress->report.gain = 0;
    progress->exposure_known = true;
}

// From the row that comes next to the last one, and then, in the sensor's next frame, those before it. False: the sensor was not where it
// was taken for.
static bool send_round(progress_t *progress, uint16_t first)
{
    const mode_t *mode = progress->mode;
    progress->row = first;
    wait_for_row(mode, first, false);
    if (!send_rows(progress, mode->height))
        return false;
    if (first == 0)
        return true;
    read_exposure(progress); // here there is time for it; at the end it would keep the picture waiting
    progress->rows_expected = 0;
    progress->row = 0;
    return wait_for_row(mode, 0, true) && send_rows(progress, first);
}

static void send_all_rows(progress_t *progress, bool at_once, uint16_t first)
{
    const mode_t *mode = progress->mode;
    if (at_once) {
        if (!send_round(progress, first)) {
            progress->report.result = FRAME_LOST_PLACE;
            return;
        }
    } else {
        frame_wait_for_first_row(mode);
        if (!send_rows(progress, mode->height))
            return;
    }
    if (progress->report.rows_sent == 0)
        progress->report.result = FRAME_CUT;
    else if (progress->rows_expected > 0)
        note_place(mode, (uint16_t)(progress->row - 1), progress->previous_tick);
}

frame_report_t frame_send(const mode_t *mode, uint8_t mode_number, uint16_t sequence, uint8_t trigger, bool test_bars, bool at_once)
{
    progress_t progress = {.mode = mode, .sequence = sequence, .row_ticks = mode_row_ticks(mode), .wait_loops = frame_wait_loops(mode)};
    progress.report.result = FRAME_SENT;
    at_once = at_once && place_known;
    uint16_t first = 0;
    if (at_once) {
        first = next_row(mode);
    } else if (!frame_wait_for_vsync(frame_patience_ms(mode))) {
        progress.report.result = FRAME_NO_VSYNC;
        return progress.report;
    }
    place_known = false; // until the last row of this frame has been captured
    const link_frame_start_t start = {
        .sequence = sequence, .mode = mode_number, .width = mode->width, .height = mode->height, .format = mode->format, .trigger = trigger,
        .flags = (uint8_t)((test_bars ? LINK_FLAG_TEST_BARS : 0) | (first > 0 ? LINK_FLAG_MID_FRAME : 0)),
    };
    link_send_frame_start(&start);
    send_all_rows(&progress, at_once, first);
    if (progress.report.result == FRAME_LOST_PLACE)
        return progress.report; // without its end the host refuses what it has of it
    if (!progress.exposure_known)
        read_exposure(&progress); // what the frame just sent was exposed with
    const link_frame_end_t end = {
        .sequence = sequence, .rows_sent = progress.report.rows_sent, .overruns = progress.report.overruns,
        .timeouts = progress.report.timeouts,
        .exposure = progress.report.exposure, .gain = progress.report.gain,
    };
    link_send_frame_end(&end);
    return progress.report;
}

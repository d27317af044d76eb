// Capturing and sending one frame. See frame.h; modes.h for the time there is.

#include "frame.h"
#include "../board/board.h"   // rows, VSYNC, ticks
#include "../link/link.h"     // packets
#include "../sensor/ov7670.h" // exposure, frame geometry

#define MOST_WAIT_LOOPS ((uint16_t)(10 * 16000UL / BOARD_CYCLES_PER_WAIT_LOOP)) // 10 ms
#define QUIET_TICKS 250 // 1 ms before the first row the waiting begins: longer than frame_serve takes at any rate

// Rows of the sensor between the fall of VSYNC and the first row. The datasheet's figure; the window's position shifts it, so it is measured.
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
        frame_serve();
        if ((uint16_t)(board_now_ms() - start) > patience_ms)
            return false;
    }
    start = board_now_ms();
    while (board_vsync()) {
        frame_serve();
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

static void send_rows(progress_t *progress)
{
    while (progress->row < progress->mode->height) {
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
                return;
            }
        }
        progress->row++;
        frame_serve();
    }
    if (progress->report.rows_sent == 0)
        progress->report.result = FRAME_CUT;
}

frame_report_t frame_send(const mode_t *mode, uint8_t mode_number, uint16_t sequence, uint8_t trigger, bool test_bars)
{
    progress_t progress = {.mode = mode, .sequence = sequence, .row_ticks = mode_row_ticks(mode), .wait_loops = frame_wait_loops(mode)};
    progress.report.result = FRAME_SENT;
    if (!frame_wait_for_vsync(frame_patience_ms(mode))) {
        progress.report.result = FRAME_NO_VSYNC;
        return progress.report;
    }
    const link_frame_start_t start = {
        .sequence = sequence, .mode = mode_number, .width = mode->width, .height = mode->height, .format = mode->format, .trigger = trigger,
        .flags = test_bars ? LINK_FLAG_TEST_BARS : 0,
    };
    link_send_frame_start(&start);
    frame_wait_for_first_row(mode);
    send_rows(&progress);
    // The values that the frame just sent was exposed with: the sensor writes new ones only at the next VSYNC.
    if (!ov7670_read_exposure(&progress.report.exposure, &progress.report.gain))
        progress.report.exposure = progress.report.gain = 0;
    const link_frame_end_t end = {
        .sequence = sequence, .rows_sent = progress.report.rows_sent, .overruns = progress.report.overruns, .timeouts = progress.report.timeouts,
        .exposure = progress.report.exposure, .gain = progress.report.gain,
    };
    link_send_frame_end(&end);
    return progress.report;
}

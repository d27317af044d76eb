// Self-diagnosis. See checks.h.

#include "checks.h"
#include "../board/board.h"        // rows, signals
#include "../link/link.h"          // header size
#include "../sensor/ov7670.h"      // sensor
#include "../sensor/ov7670_regs.h" // product number
#include "../capture/frame.h"      // VSYNC, row buffer
#include "bars.h"                  // test bars
#include "log.h"                   // messages
#include "requests.h"              // counters

#define ROWS_TO_LOOK_AT 3
#define EEPROM_ALIGNMENT 40 // and the size; behind the boot counter
#define NOT_FOUND 0xFF

static uint8_t alignments[OV7670_QUARTER + 1];
static bool aligned[OV7670_QUARTER + 1]; // in this start

static void passed(uint8_t check)
{
    counters.checks_run |= check;
    counters.checks_passed |= check;
}

static bool failed(uint8_t check, enum log_code code, uint16_t value)
{
    counters.checks_run |= check;
    log_send(code, value);
    return false;
}

static board_row_result_t capture_row_silently(const mode_t *mode, uint8_t *pixels)
{
    board_row_t row = {.write = pixels, .read = pixels, .bytes = mode->row_bytes, .wait_loops = frame_wait_loops(mode)};
    return board_capture_row(&row, mode->sample_cycles, mode->kind);
}

// Rows of the frame that has begun. The distance of two of them proves CLKRC and the scaling; their pixels prove D0 to D7.
static bool check_rows(const mode_t *mode, bars_t *bars)
{
    uint8_t *pixels = frame_row_buffer() + LINK_ROW_HEADER_BYTES;
    // The first row comes 17 rows of the sensor after VSYNC; twice as many are waited for.
    uint16_t start = board_ticks(), patience = (uint16_t)(2 * OV7670_ROWS_BEFORE_PICTURE * (mode_row_ticks(mode) >> mode->scale));
    bars_start(bars);
    while (!board_href()) {
        requests_poll(); // a BELL on the way makes the row look at most a third of a sensor's row late, which the rounding down takes away
        if ((uint16_t)(board_ticks() - start) > patience)
            return failed(CHECK_HREF, LOG_NO_HREF, 0);
    }
    passed(CHECK_HREF);
    frame_learn_first_row(mode, (uint16_t)(board_ticks() - start));
    while (board_href() && (uint16_t)(board_ticks() - start) <= (uint16_t)(2 * patience)) {
    }
    uint16_t previous = 0;
    for (uint8_t i = 0; i < ROWS_TO_LOOK_AT; i++) {
        board_row_result_t result = capture_row_silently(mode, pixels);
        uint16_t now = board_ticks(), distance = (uint16_t)(now - previous);
        if (result == BOARD_ROW_NO_PCLK)
            return failed(CHECK_PCLK, LOG_NO_PCLK, 0);
        if (result == BOARD_ROW_NO_HREF)
            return failed(CHECK_HREF, LOG_NO_HREF, 0);
        if (i > 0 && (result == BOARD_ROW_CUT || distance + 2 < mode_row_ticks(mode) || distance > mode_row_ticks(mode) + 2))
            return failed(CHECK_PCLK, LOG_ROW_TIME, distance);
        previous = now;
        requests_poll();
        bars_look(bars, pixels, mode->width);
    }
    bars_look_at_lines(bars, pixels, mode->width);
    passed(CHECK_PCLK);
    return true;
}

static void tell_wrong_bars(const bars_t *bars)
{
    failed(CHECK_BARS, LOG_BARS_WRONG, bars->crc);
    if (bars_never_high(bars) != 0)
        log_send(LOG_LINE_LOW, bars_never_high(bars));
    if (bars_never_low(bars) != 0)
        log_send(LOG_LINE_HIGH, bars_never_low(bars));
}

// One alignment, one look at the bars. False: the sensor has failed.
static bool try_alignment(const mode_t *mode, uint8_t alignment, uint16_t patience_ms, bars_t *bars)
{
    if (!ov7670_set_alignment(alignment))
        return failed(CHECK_ANSWERS, LOG_NO_ANSWER, 0);
    // The first frame began before the settings did; the second is as set.
    if (!frame_wait_for_vsync(patience_ms) || !frame_wait_for_vsync(frame_patience_ms(mode)))
        return failed(CHECK_VSYNC, LOG_NO_VSYNC, 0);
    passed(CHECK_VSYNC);
    return check_rows(mode, bars);
}

// Tries where a row's first luma may be, beginning with what was right the last time, until the bars are right from their first pixel on;
// else what had at least their middles right is taken, which is a gray picture without a fault.
static bool align(const mode_t *mode, uint16_t patience_ms)
{
    uint8_t cell = (uint8_t)(EEPROM_ALIGNMENT + mode->scale), remembered = board_eeprom_read(cell), found = NOT_FOUND;
    uint8_t first = remembered < OV7670_ALIGNMENTS ? remembered : 0;
    bars_t bars, first_bars;
    bars_start(&first_bars);
    for (uint8_t i = 0; i <= OV7670_ALIGNMENTS; i++) {
        uint8_t alignment = i == 0 ? first : i - 1;
        if (i > 0 && alignment == first)
            continue;
        if (!try_alignment(mode, alignment, patience_ms, &bars))
            return false;
        patience_ms = frame_patience_ms(mode);
        if (i == 0)
            first_bars = bars;
        if (!bars_are_right(&bars))
            continue;
        if (found == NOT_FOUND || bars.begins_right)
            found = alignment;
        if (bars.begins_right || alignment == remembered)
            break;
    }
    if (found == NOT_FOUND) { // it is not that, then: a wire. A frame with one bad line still shows that somebody is there.
        alignments[mode->scale] = first;
        tell_wrong_bars(&first_bars);
        return true;
    }
    alignments[mode->scale] = found;
    board_eeprom_write(cell, found);
    passed(CHECK_BARS);
    log_send(LOG_BARS_RIGHT, bars_are_right(&bars) ? bars.crc : 0);
    if (found != 0)
        log_send(LOG_ALIGNED, found);
    return true;
}

bool checks_know_alignment(uint8_t scale)
{
    return aligned[scale];
}

bool checks_alignment(uint8_t scale, uint16_t patience_ms, uint8_t *alignment)
{
    if (!aligned[scale]) {
        const mode_t mode = mode_for_checks(scale);
        if (!ov7670_configure((ov7670_scale_t)mode.scale, mode.divider) || !ov7670_show_bars(true))
            return failed(CHECK_ANSWERS, LOG_NO_ANSWER, 0);
        if (patience_ms < frame_patience_ms(&mode))
            patience_ms = frame_patience_ms(&mode);
        if (!align(&mode, patience_ms))
            return false;
        if (!ov7670_show_bars(false))
            return failed(CHECK_ANSWERS, LOG_NO_ANSWER, 0);
        aligned[scale] = true;
    }
    *alignment = alignments[scale];
    return true;
}

bool checks_run(uint8_t pid, uint8_t ver, bool answers, uint8_t scale)
{
    uint8_t alignment;
    counters.checks_run = counters.checks_passed = 0;
    aligned[OV7670_HALF] = aligned[OV7670_QUARTER] = false;
    if (!answers)
        return failed(CHECK_ANSWERS, LOG_NO_ANSWER, 0);
    passed(CHECK_ANSWERS);
    if (pid != OV7670_PID_VALUE)
        return failed(CHECK_PID, LOG_WRONG_PID, pid);
    passed(CHECK_PID);
    if (ver != OV7670_VER_VALUE)
        log_send(LOG_VERSION_UNKNOWN, ver);
    return checks_alignment(scale, 0, &alignment);
}

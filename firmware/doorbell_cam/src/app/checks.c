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
// In percent of the supply. Typically half of it is read as high, 60 are promised (datasheet, V_IH): below the half and a little nothing is
// to be relied on. A usual module makes 2.8 V: 56 percent on an Uno, 61 on a Nano with its diode.
#define LEVEL_ENOUGH 52
#define BUS_HIGH_FROM 50   // 3.3 V of 5 are 66
#define BUS_BEYOND 88      // and of 4.2 are 79: more is a resistor to the 5 V
#define BUS_PULLED_FROM 80 // by the chip alone, against nothing
#define BUS_LINES 2
#define ROWS_FOR_A_LEVEL 2
#define TIMES_FOR_A_BLANK 12 // no rows pass for 15 rows' time, and the bell is looked at in between
#define LEVEL_OF_A_LINE 20   // less is a line that never goes high
#define LOW_DATA_LINES 4   // those that lie on the converter

static uint8_t alignments[OV7670_QUARTER + 1];
static bool aligned[OV7670_QUARTER + 1]; // in this start
static bool levels_told;

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

// The two wires of the control bus at rest: bit 0 SDA, bit 1 SCL. The chip's own weak pull-up tells a wire that nothing pulls up from one
// that something holds down.
static void check_bus(void)
{
    uint8_t beyond = 0, loose = 0, held = 0;
    for (uint8_t i = 0; i < BUS_LINES; i++) {
        uint8_t line = (uint8_t)(BOARD_LINE_SDA + i), bit = (uint8_t)(1 << i), level = board_line_percent(line, false);
        if (level == 255)
            return;
        if (level >= BUS_BEYOND)
            beyond |= bit;
        else if (level < BUS_HIGH_FROM && board_line_percent(line, true) >= BUS_PULLED_FROM)
            loose |= bit;
        else if (level < BUS_HIGH_FROM)
            held |= bit;
    }
    if (beyond)
        log_send(LOG_BUS_BEYOND, beyond);
    if (loose)
        log_send(LOG_BUS_LOOSE, loose);
    if (held)
        log_send(LOG_BUS_HELD, held);
}

// How high the camera's data lines go: the lowest of those that go high at all; 0 when none does. Looks for so many times two rows.
static uint8_t lowest_high_level(const mode_t *mode, uint8_t times)
{
    uint8_t lowest = 0;
    for (uint8_t line = 0; line < LOW_DATA_LINES; line++) {
        uint8_t highest = 0;
        for (uint8_t i = 0; i < times; i++) {
            uint8_t level = board_highest_percent(line, (uint16_t)(ROWS_FOR_A_LEVEL * mode_row_ticks(mode)));
            if (level > highest)
                highest = level;
            requests_poll();
        }
        if (highest >= LEVEL_OF_A_LINE && (lowest == 0 || highest < lowest))
            lowest = highest;
    }
    return lowest;
}

// While rows of bars are passing.
static void tell_levels(const mode_t *mode)
{
    uint8_t level = lowest_high_level(mode, 1);
    if (level > 0)
        log_send(level < LEVEL_ENOUGH ? LOG_LEVELS_LOW : LOG_LEVELS, level);
    levels_told = true;
}

// No signal is seen: perhaps they all come, but none is high enough.
static void tell_levels_that_hide_signals(const mode_t *mode)
{
    uint8_t level = lowest_high_level(mode, TIMES_FOR_A_BLANK);
    if (level > 0 && level < LEVEL_ENOUGH)
        log_send(LOG_LEVELS_LOW, level);
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
    if (!frame_wait_for_vsync(patience_ms) || !frame_wait_for_vsync(frame_patience_ms(mode))) {
        tell_levels_that_hide_signals(mode);
        return failed(CHECK_VSYNC, LOG_NO_VSYNC, 0);
    }
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
        if (!levels_told)
            tell_levels(mode);
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
    aligned[OV7670_HALF] = aligned[OV7670_QUARTER] = levels_told = false;
    check_bus();
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

// Self-diagnosis. See checks.h.

#include "checks.h"
#include "../board/board.h"        // rows, signals
#include "../link/crc.h"           // CRC of the bars
#include "../link/link.h"          // header size
#include "../sensor/ov7670.h"      // sensor
#include "../sensor/ov7670_regs.h" // product number
#include "../capture/frame.h"      // VSYNC, row buffer
#include "log.h"                   // messages
#include "requests.h"              // counters

#define CHECK_MODE 1
#define BAR_COUNT 8
#define ROWS_TO_LOOK_AT 3

// Luma of the sensor's eight bars, from white to black, as a recording of a real OV7670 shows them; 0 is stored as 1.
static const uint8_t bar_levels[BAR_COUNT] BOARD_FLASH = {0xFF, 0xDF, 0xAF, 0x8F, 0x6F, 0x4F, 0x1F, 0x01};

typedef struct {
    bool right;
    uint16_t crc;              // over the middles of the bars, from left to right
    uint8_t ever_high, ever_low; // data lines, one bit each
} bars_t;

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
    return board_capture_row(&row, mode->sample_cycles, BOARD_ROW_STORED);
}

static void look_at_bars(const mode_t *mode, const uint8_t *pixels, bars_t *bars)
{
    uint16_t bar_width = mode->width / BAR_COUNT;
    bars->crc = LINK_CRC_START;
    for (uint8_t bar = 0; bar < BAR_COUNT; bar++) {
        uint8_t level = pixels[bar * bar_width + bar_width / 2];
        bars->crc = link_crc_update(bars->crc, level);
        bars->ever_high |= level;
        bars->ever_low |= (uint8_t)~level;
        if (level != board_flash_byte(&bar_levels[bar]))
            bars->right = false;
    }
}

// Rows of the frame that has begun. The distance of two of them proves CLKRC and the scaling; their pixels prove D0 to D7.
static bool check_rows(const mode_t *mode)
{
    uint8_t *pixels = frame_row_buffer() + LINK_ROW_HEADER_BYTES;
    bars_t bars = {.right = true};
    uint16_t start = board_ticks(), patience = (uint16_t)(4 * mode_row_ticks(mode) * 2);
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
        look_at_bars(mode, pixels, &bars);
    }
    passed(CHECK_PCLK);
    if (bars.right) {
        passed(CHECK_BARS);
        log_send(LOG_BARS_RIGHT, bars.crc);
        return true;
    }
    failed(CHECK_BARS, LOG_BARS_WRONG, bars.crc);
    if (bars.ever_high != 0xFF)
        log_send(LOG_LINE_LOW, (uint8_t)~bars.ever_high);
    if ((bars.ever_low | 0x01) != 0xFF) // D0 is never low in what is stored: black is stored as 1, and the other levels are odd
        log_send(LOG_LINE_HIGH, (uint8_t)~(bars.ever_low | 0x01));
    return true; // a frame with one bad line still shows that somebody is there
}

bool checks_run(uint8_t pid, uint8_t ver, bool answers)
{
    counters.checks_run = counters.checks_passed = 0;
    if (!answers)
        return failed(CHECK_ANSWERS, LOG_NO_ANSWER, 0);
    passed(CHECK_ANSWERS);
    if (pid != OV7670_PID_VALUE)
        return failed(CHECK_PID, LOG_WRONG_PID, pid);
    passed(CHECK_PID);
    if (ver != OV7670_VER_VALUE)
        log_send(LOG_VERSION_UNKNOWN, ver);

    const mode_t mode = mode_get(CHECK_MODE);
    if (!ov7670_configure((ov7670_scale_t)mode.scale, mode.divider) || !ov7670_show_bars(true))
        return failed(CHECK_ANSWERS, LOG_NO_ANSWER, 0);
    // The first frame began before the settings did; the second is as set.
    if (!frame_wait_for_vsync(frame_patience_ms(&mode)) || !frame_wait_for_vsync(frame_patience_ms(&mode)))
        return failed(CHECK_VSYNC, LOG_NO_VSYNC, 0);
    passed(CHECK_VSYNC);
    bool usable = check_rows(&mode);
    if (!ov7670_show_bars(false))
        return failed(CHECK_ANSWERS, LOG_NO_ANSWER, 0);
    return usable;
}

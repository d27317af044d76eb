// The table of modes. See modes.h for the arithmetic.

#include "modes.h"
#include "../board/board.h"   // BOARD_FLASH, BOARD_CYCLES_PER_TICK
#include "../link/link.h"     // formats
#include "../sensor/ov7670.h" // frame geometry, scales

#define CYCLES_PER_SENSOR_ROW(n) (4UL * OV7670_FRAME_COLUMNS * ((n) + 1UL))
#define CYCLES_PER_MS 16000UL

// The shortest sample period at which a loop can also serve the line: sample, send, CRC (capture_row.S counts them).
#define SHORTEST_SENDING_CYCLES 30

enum { MODE_QVGA_GRAY = 0, MODE_QQVGA_GRAY = 1 };
enum { DIVIDER_HALF_CHECKS = 2, DIVIDER_QUARTER_CHECKS = 1 }; // 24 and 32 cycles from sample to sample

typedef struct {
    uint16_t width, height, row_bytes;
    uint8_t format, scale;
    uint8_t cycles_per_clock; // from one sample to the next, for each sensor clock: divider + 1
} layout_t;

static const layout_t layouts[MODE_COUNT] BOARD_FLASH = {
    {320, 240, 320, LINK_GRAY8, OV7670_HALF, 8},
    {160, 120, 160, LINK_GRAY8, OV7670_QUARTER, 16},
    {320, 240, 640, LINK_YUV422, OV7670_HALF, 4},
    {160, 120, 320, LINK_YUV422, OV7670_QUARTER, 8},
    {320, 240, 160, LINK_GRAY_DPCM, OV7670_HALF, 8},
};

// modes.h shows why.
static const uint8_t dividers[RATE_COUNT][MODE_COUNT] BOARD_FLASH = {
    {17, 4, 33, 8, 9},
    {8, 2, 16, 4, 4},
    {4, 1, 8, 2, 2},
};

static mode_rate_t rate_in_use;

void mode_use_rate(mode_rate_t rate)
{
    rate_in_use = rate;
}

mode_t mode_get(uint8_t number)
{
    const layout_t *layout = &layouts[number];
    uint8_t divider = board_flash_byte(&dividers[rate_in_use][number]), format = board_flash_byte(&layout->format);
    uint8_t sample_cycles = (uint8_t)(board_flash_byte(&layout->cycles_per_clock) * (divider + 1));
    return (mode_t){
        .width = board_flash_word(&layout->width), .height = board_flash_word(&layout->height),
        .row_bytes = board_flash_word(&layout->row_bytes),
        .format = format, .scale = board_flash_byte(&layout->scale), .divider = divider, .sample_cycles = sample_cycles,
        .kind = format == LINK_GRAY_DPCM                   ? BOARD_ROW_COMPRESSED
            : sample_cycles >= SHORTEST_SENDING_CYCLES ? BOARD_ROW_SENT
                                                       : BOARD_ROW_STORED,
    };
}

mode_t mode_for_checks(uint8_t scale)
{
    mode_t mode = mode_get(scale == OV7670_HALF ? MODE_QVGA_GRAY : MODE_QQVGA_GRAY);
    mode.divider = scale == OV7670_HALF ? DIVIDER_HALF_CHECKS : DIVIDER_QUARTER_CHECKS;
    const uint8_t gray = scale == OV7670_HALF ? MODE_QVGA_GRAY : MODE_QQVGA_GRAY;
    mode.sample_cycles = (uint8_t)(board_flash_byte(&layouts[gray].cycles_per_clock) * (mode.divider + 1));
    mode.kind = BOARD_ROW_STORED;
    return mode;
}

uint16_t mode_row_ticks(const mode_t *mode)
{
    return (uint16_t)((CYCLES_PER_SENSOR_ROW(mode->divider) << mode->scale) / BOARD_CYCLES_PER_TICK);
}

uint16_t mode_active_ticks(const mode_t *mode)
{
    return (uint16_t)(mode_row_ticks(mode) * (uint32_t)OV7670_PICTURE_COLUMNS / (OV7670_FRAME_COLUMNS << mode->scale));
}

uint32_t mode_frame_ticks(const mode_t *mode)
{
    return CYCLES_PER_SENSOR_ROW(mode->divider) / BOARD_CYCLES_PER_TICK * OV7670_FRAME_ROWS;
}

uint16_t mode_frame_ms(const mode_t *mode)
{
    return (uint16_t)(CYCLES_PER_SENSOR_ROW(mode->divider) * OV7670_FRAME_ROWS / CYCLES_PER_MS + 1);
}

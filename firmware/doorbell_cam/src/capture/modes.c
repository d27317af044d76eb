// The table of modes. See modes.h for the arithmetic.

#include "modes.h"
#include "../board/board.h"   // BOARD_FLASH, BOARD_CYCLES_PER_TICK
#include "../link/link.h"     // formats
#include "../sensor/ov7670.h" // frame geometry, scales

#define CYCLES_PER_SENSOR_ROW(n) (4UL * OV7670_FRAME_COLUMNS * ((n) + 1UL))
#define CYCLES_PER_MS 16000UL

// The shortest sample period at which a loop can also serve the line: sample, send, CRC (capture_row.S counts them).
#define SHORTEST_SENDING_CYCLES 30

#define MODE(width, height, bytes_per_pixel, format, scale, divider, period) \
    {width, height, (width) * (bytes_per_pixel), format, scale, divider, period, (period) >= SHORTEST_SENDING_CYCLES}

static const mode_t modes[MODE_COUNT] BOARD_FLASH = {
    MODE(320, 240, 1, LINK_GRAY8, OV7670_HALF, DIVIDER_QVGA_GRAY, HALF_GRAY(DIVIDER_QVGA_GRAY)),
    MODE(160, 120, 1, LINK_GRAY8, OV7670_QUARTER, DIVIDER_QQVGA_GRAY, QUARTER_GRAY(DIVIDER_QQVGA_GRAY)),
    MODE(320, 240, 2, LINK_YUV422, OV7670_HALF, DIVIDER_QVGA_COLOUR, HALF_COLOUR(DIVIDER_QVGA_COLOUR)),
    MODE(160, 120, 2, LINK_YUV422, OV7670_QUARTER, DIVIDER_QQVGA_COLOUR, QUARTER_COLOUR(DIVIDER_QQVGA_COLOUR)),
};

mode_t mode_get(uint8_t number)
{
    mode_t mode = {0};
    const uint8_t *from = (const uint8_t *)&modes[number];
    uint8_t *to = (uint8_t *)&mode;
    for (uint8_t i = 0; i < sizeof mode; i++)
        to[i] = board_flash_byte(from + i);
    return mode;
}

uint16_t mode_row_ticks(const mode_t *mode)
{
    return (uint16_t)((CYCLES_PER_SENSOR_ROW(mode->divider) << mode->scale) / BOARD_CYCLES_PER_TICK);
}

uint16_t mode_frame_ms(const mode_t *mode)
{
    return (uint16_t)(CYCLES_PER_SENSOR_ROW(mode->divider) * OV7670_FRAME_ROWS / CYCLES_PER_MS + 1);
}

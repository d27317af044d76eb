// Reading the test bars. See bars.h.

#include "bars.h"
#include "../board/board.h" // flash
#include "../link/crc.h"    // CRC

// Luma from white to black, as a recording of a real OV7670 shows them; 0 is stored as 1. There the bars are 41 pixels of 320 wide, with
// one or two blended ones between them: the middles are what counts.
static const uint8_t levels[BARS_COUNT] BOARD_FLASH = {0xFF, 0xDF, 0xAF, 0x8F, 0x6F, 0x4F, 0x1F, 0x01};

static bool is_near(uint8_t level, uint8_t expected)
{
    return (level > expected ? level - expected : expected - level) <= BARS_TOLERANCE;
}

void bars_start(bars_t *bars)
{
    *bars = (bars_t){.near = true, .begins_right = true};
}

void bars_look(bars_t *bars, const uint8_t *pixels, uint16_t width)
{
    uint16_t bar_width = width / BARS_COUNT;
    bars->crc = LINK_CRC_START;
    for (uint8_t bar = 0; bar < BARS_COUNT; bar++) {
        uint8_t level = pixels[bar * bar_width + bar_width / 2], expected = board_flash_byte(&levels[bar]);
        bars->crc = link_crc_update(bars->crc, level);
        if (!is_near(level, expected))
            bars->near = bars->begins_right = false;
    }
    if (!is_near(pixels[0], board_flash_byte(&levels[0])))
        bars->begins_right = false;
}

void bars_look_at_lines(bars_t *bars, const uint8_t *pixels, uint16_t width)
{
    for (uint16_t i = 0; i < width; i++) {
        bars->ever_high |= pixels[i];
        bars->ever_low |= (uint8_t)~pixels[i];
    }
}

uint8_t bars_never_high(const bars_t *bars)
{
    return (uint8_t)~(bars->ever_high | 0x01);
}

uint8_t bars_never_low(const bars_t *bars)
{
    return (uint8_t)~(bars->ever_low | 0x01);
}

bool bars_are_right(const bars_t *bars)
{
    // A line of little weight that never moves leaves each level within the tolerance.
    return bars->near && !bars_never_high(bars) && !bars_never_low(bars);
}

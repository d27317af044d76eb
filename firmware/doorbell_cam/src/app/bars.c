// Reading the test bars. See bars.h.

#include "bars.h"
#include "../board/board.h" // flash
#include "../link/crc.h"    // CRC

// Luma from white to black, as a recording of a real OV7670 shows them; 0 is stored as 1. There the bars are 41 pixels of 320 wide, with one or two blended
// ones between them: the middles are what counts.
static const uint8_t levels[BARS_COUNT] BOARD_FLASH = {0xFF, 0xDF, 0xAF, 0x8F, 0x6F, 0x4F, 0x1F, 0x01};

static bool is_near(uint8_t level, uint8_t expected)
{
    return (level > expected ? level - expected : expected - level) <= BARS_TOLERANCE;
}

void bars_start(bars_t *bars)
{
    *bars = (bars_t){.right = true, .begins_right = true};
}

void bars_look(bars_t *bars, const uint8_t *pixels, uint16_t width)
{
    uint16_t bar_width = width / BARS_COUNT;
    bars->crc = LINK_CRC_START;
    for (uint8_t bar = 0; bar < BARS_COUNT; bar++) {
        uint8_t level = pixels[bar * bar_width + bar_width / 2], expected = board_flash_byte(&levels[bar]);
        bars->crc = link_crc_update(bars->crc, level);
        bars->ever_high |= level;
        bars->ever_low |= (uint8_t)~level;
        if (!is_near(level, expected))
            bars->right = bars->begins_right = false;
    }
    if (!is_near(pixels[0], board_flash_byte(&levels[0])))
        bars->begins_right = false;
}

// Talking to the sensor. See ov7670.h.

#include "ov7670.h"
#include "../../config.h"   // MAINS_HZ, NIGHT_MAX_EXPOSURE_MS
#include "../board/board.h" // board_sccb_*
#include "ov7670_settings.h"   // settings
#include "ov7670_regs.h"    // addresses and bits

#define PAUSE_AFTER_WRITE_MS 1
#define PAUSE_AFTER_RESET_MS 20 // the datasheet's tS:RESET is 1 ms; other projects wait for 5 to 500
#define XCLK_MHZ 8UL
#define CLOCKS_PER_COLUMN 2
#define ROW_US (OV7670_FRAME_COLUMNS * CLOCKS_PER_COLUMN / XCLK_MHZ) // with the divider at 0
#define FLICKER_US (1000000UL / (2UL * MAINS_HZ))

static bool set(uint8_t address, uint8_t value)
{
    bool answered = board_sccb_write(address, value);
    ov7670_pause_ms(PAUSE_AFTER_WRITE_MS);
    return answered;
}

bool ov7670_reset(void)
{
    board_sccb_free();
    bool answered = set(OV7670_COM7, OV7670_COM7_RESET);
    ov7670_pause_ms(PAUSE_AFTER_RESET_MS);
    return answered;
}

bool ov7670_identify(uint8_t *pid, uint8_t *ver)
{
    return board_sccb_read(OV7670_PID, pid) && board_sccb_read(OV7670_VER, ver);
}

static uint8_t at_most_255(uint32_t value)
{
    return value > 255 ? 255 : (uint8_t)value;
}

typedef struct {
    uint8_t rows_per_flicker, flickers;
} exposure_limit_t;

// Rows in one flicker of the lamps, and how many flickers may be exposed: the night limit. With the slow clocks of this sketch a row takes
// up to milliseconds, so a flicker is only a few rows; the rounding costs a faint ripple, never a wrong picture.
static exposure_limit_t exposure_limit(uint8_t divider)
{
    uint32_t row_us = ROW_US * (divider + 1UL);
    uint32_t rows_per_flicker = (FLICKER_US + row_us / 2) / row_us;
    if (rows_per_flicker == 0)
        rows_per_flicker = 1;
    uint32_t flickers = NIGHT_MAX_EXPOSURE_MS * 1000UL / (rows_per_flicker * row_us);
    if (flickers == 0)
        flickers = 1;
    return (exposure_limit_t){at_most_255(rows_per_flicker), at_most_255(flickers)};
}

static bool limit_exposure(uint8_t divider)
{
    exposure_limit_t limit = exposure_limit(divider);
    return set(OV7670_BD50ST, limit.rows_per_flicker) && set(OV7670_BD60ST, limit.rows_per_flicker) && set(OV7670_BD50MAX, limit.flickers)
        && set(OV7670_BD60MAX, limit.flickers);
}

bool ov7670_is_dark(uint8_t divider)
{
    uint16_t rows, gain;
    exposure_limit_t limit = exposure_limit(divider);
    // Each bit from 4 up doubles the gain.
    return ov7670_read_exposure(&rows, &gain) && rows >= (uint16_t)(limit.rows_per_flicker * limit.flickers) && gain >= 0x10;
}

bool ov7670_configure(ov7670_scale_t scale, uint8_t divider)
{
    for (uint8_t i = 0; i < ov7670_common_count; i++) {
        if (!set(board_flash_byte(&ov7670_common[i].address), board_flash_byte(&ov7670_common[i].value)))
            return false;
    }
    // The same power of two thins out columns, rows and PCLK: 1 is a half, 2 a quarter.
    uint8_t power = (uint8_t)scale;
    return set(OV7670_COM14, OV7670_COM14_SCALE_PCLK | OV7670_COM14_MANUAL_SCALING | power)
        && set(OV7670_SCALING_DCWCTR, (uint8_t)(power << 4 | power))
        && set(OV7670_SCALING_PCLK_DIV, OV7670_SCALING_PCLK_DIV_RESERVED | power)
        && limit_exposure(divider)
        && set(OV7670_CLKRC, OV7670_CLKRC_RESERVED | divider);
}

bool ov7670_set_alignment(uint8_t alignment)
{
    return set(OV7670_HREF, (uint8_t)(alignment << OV7670_HREF_EDGE_SHIFT | OV7670_HREF_WINDOW))
        && set(OV7670_TSLB, OV7670_TSLB_RESERVED | (alignment & 4 ? OV7670_TSLB_CHROMA_FIRST : 0));
}

bool ov7670_show_bars(bool on)
{
    return set(OV7670_COM17, OV7670_COM17_EXPOSE_HALF | (on ? OV7670_COM17_COLOUR_BARS : 0));
}

bool ov7670_read_exposure(uint16_t *rows, uint16_t *gain)
{
    uint8_t high, middle, low, gain_low, gain_high;
    if (!board_sccb_read(OV7670_AECHH, &high) || !board_sccb_read(OV7670_AECH, &middle) || !board_sccb_read(OV7670_COM1, &low)
        || !board_sccb_read(OV7670_GAIN, &gain_low) || !board_sccb_read(OV7670_VREF, &gain_high))
        return false;
    *rows = (uint16_t)((uint16_t)(high & 0x3F) << 10 | (uint16_t)middle << 2 | (low & 3));
    *gain = (uint16_t)((uint16_t)(gain_high & 0xC0) << 2 | gain_low);
    return true;
}

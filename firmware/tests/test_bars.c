// The test bars, as a recording of a real sensor has them: not the sketch's own idea of them.

#include <string.h>

#include "../doorbell_cam/src/app/bars.h"
#include "check.h"

#define PIXELS 320

static uint8_t recorded[2 * PIXELS + 8]; // bytes of the row, and what would come behind it

static void read_row(const char *path)
{
    FILE *file = fopen(path, "r");
    char line[512];
    size_t count = 0;
    CHECK_THAT(file != NULL, "%s can be opened", path);
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        unsigned value;
        for (const char *at = line; line[0] != '#' && sscanf(at, "%2x", &value) == 1 && count < 2 * PIXELS; at += 2)
            recorded[count++] = (uint8_t)value;
    }
    CHECK_THAT(count == 2 * PIXELS, "a row of %d bytes, not %zu", 2 * PIXELS, count);
    if (file != NULL)
        fclose(file);
}

// What a sketch that takes every second byte, beginning with that one, stores of a picture thinned out by that much.
static bars_t look(int first_byte, int thinned, uint8_t stuck_low)
{
    uint8_t pixels[PIXELS];
    bars_t bars;
    for (int i = 0; i < PIXELS / thinned; i++) {
        int at = first_byte + 2 * thinned * i;
        uint8_t byte = at < 0 ? 0x80 : recorded[at] & (uint8_t)~stuck_low;
        pixels[i] = byte == 0 ? 1 : byte;
    }
    bars_start(&bars);
    bars_look(&bars, pixels, (uint16_t)(PIXELS / thinned));
    return bars;
}

void test_bars(const char *recorded_row)
{
    read_row(recorded_row);
    for (int thinned = 1; thinned <= 2; thinned++) {
        CHECK(look(0, thinned, 0).right && look(0, thinned, 0).begins_right);
        CHECK(look(0, thinned, 0).crc == 24093); // the number that docs/log-codes.csv gives
        CHECK_THAT(!look(1, thinned, 0).right && !look(-1, thinned, 0).right, "chroma is not taken for luma");
        CHECK_THAT(look(-2, thinned, 0).right && !look(-2, thinned, 0).begins_right, "a pixel of nothing before the picture is seen");
        for (uint8_t bit = 4; bit < 8; bit++)
            CHECK_THAT(!look(0, thinned, (uint8_t)(1u << bit)).right, "D%u stuck low", bit);
        CHECK(look(0, thinned, 0x10).ever_high == 0xEF);
    }
    recorded[2 * 20] -= BARS_TOLERANCE; // another sensor's white
    CHECK(look(0, 1, 0).right);
    recorded[2 * 20] -= 1;
    CHECK(!look(0, 1, 0).right);
    recorded[2 * 20] += BARS_TOLERANCE + 1;
}

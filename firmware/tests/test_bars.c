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

// What a sketch that takes every second byte, beginning with that one, stores of a picture thinned out by that much, from a
// sensor whose levels are off, over wires that are stuck.
static bars_t look(int first_byte, int thinned, uint8_t stuck_low, uint8_t stuck_high, int off)
{
    uint8_t pixels[PIXELS];
    bars_t bars;
    for (int i = 0; i < PIXELS / thinned; i++) {
        int at = first_byte + 2 * thinned * i;
        int level = at < 0 ? 0x80 : recorded[at] + off;
        uint8_t byte = (uint8_t)(((level < 0 ? 0 : level) & ~stuck_low) | stuck_high);
        pixels[i] = byte == 0 ? 1 : byte;
    }
    bars_start(&bars);
    bars_look(&bars, pixels, (uint16_t)(PIXELS / thinned));
    bars_look_at_lines(&bars, pixels, (uint16_t)(PIXELS / thinned));
    return bars;
}

void test_bars(const char *recorded_row)
{
    read_row(recorded_row);
    for (int thinned = 1; thinned <= 2; thinned++) {
        bars_t whole = look(0, thinned, 0, 0, 0), skipped = look(-2, thinned, 0, 0, 0),
            later = look(1, thinned, 0, 0, 0), earlier = look(-1, thinned, 0, 0, 0);
        CHECK(bars_are_right(&whole) && whole.begins_right);
        CHECK(whole.crc == 24093); // the number that docs/log-codes.csv gives
        CHECK_THAT(!bars_are_right(&later) && !bars_are_right(&earlier), "chroma is not taken for luma");
        CHECK_THAT(bars_are_right(&skipped) && !skipped.begins_right, "a pixel of nothing before the picture is seen");
        for (int line = 1; line < 8; line++) {
            uint8_t bit = (uint8_t)(1u << line);
            bars_t low = look(0, thinned, bit, 0, 0), high = look(0, thinned, 0, bit, 0);
            CHECK_THAT(!bars_are_right(&low) && bars_never_high(&low) == bit && bars_never_low(&low) == 0, "D%d stuck low", line);
            CHECK_THAT(!bars_are_right(&high) && bars_never_low(&high) == bit && bars_never_high(&high) == 0, "D%d stuck high", line);
        }
    }
    // Another sensor's levels.
    for (int off = 1; off <= BARS_TOLERANCE; off++) {
        bars_t darker = look(0, 1, 0, 0, -off);
        CHECK_THAT(bars_are_right(&darker), "every bar darker by %d", off);
    }
    recorded[2 * 20] -= BARS_TOLERANCE;
    bars_t at_the_limit = look(0, 1, 0, 0, 0);
    CHECK(bars_are_right(&at_the_limit));
    recorded[2 * 20] -= 1;
    bars_t beyond = look(0, 1, 0, 0, 0);
    CHECK(!bars_are_right(&beyond));
    recorded[2 * 20] += BARS_TOLERANCE + 1;
    // The nearest two bars are 32 apart: what is nearer to another one is not this one.
    recorded[2 * 20] -= 16;
    bars_t another = look(0, 1, 0, 0, 0);
    CHECK(!bars_are_right(&another));
    recorded[2 * 20] += 16;
}

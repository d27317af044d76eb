// Rows: zero-free, the same bytes whether they are sent while being captured or afterwards; the arithmetic of the modes.

#include <string.h>

#include "../doorbell_cam/src/board/board.h"
#include "../doorbell_cam/src/board/native/native.h"
#include "../doorbell_cam/src/capture/modes.h"
#include "../doorbell_cam/src/link/dpcm.h"
#include "../doorbell_cam/src/link/link.h"
#include "check.h"

static uint32_t next_random(void)
{
    static uint32_t state = 20260101;
    state = state * 1664525 + 1013904223;
    return state >> 16;
}

// CRC bit by bit, for this test alone.
static uint16_t slow_crc(const uint8_t *bytes, size_t count)
{
    uint16_t crc = 0xFFFF;
    for (size_t i = 0; i < count; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = (uint16_t)(crc & 1 ? crc >> 1 ^ 0x8408 : crc >> 1);
    }
    return crc;
}

static void send(const uint8_t *pixels, uint16_t count, board_row_kind_t kind)
{
    uint8_t buffer[LINK_ROW_HEADER_BYTES + MODE_MAX_ROW_BYTES];
    native_sent_count = 0;
    native_row = pixels;
    board_row_t row = {
        .write = buffer + LINK_ROW_HEADER_BYTES, .read = buffer + LINK_ROW_HEADER_BYTES,
        .crc = link_row_header(buffer, 300, 239), .bytes = count,
    };
    for (int i = 0; i < LINK_ROW_HEADER_BYTES; i++)
        link_output(buffer[i]);
    CHECK(board_capture_row(&row, 40, kind) == BOARD_ROW_WHOLE);
    board_send_stored(&row);
    link_row_finish(row.crc);
}

static void rows_are_free_of_zeros_and_checked(void)
{
    uint8_t pixels[MODE_MAX_ROW_BYTES];
    for (int round = 0; round < 200; round++) {
        for (int i = 0; i < MODE_MAX_ROW_BYTES; i++)
            pixels[i] = (uint8_t)(round == 0 ? 0 : round == 1 ? 255 : next_random() % (round % 5 == 0 ? 3 : 256));
        uint16_t count = (uint16_t)(2 + 2 * (next_random() % (MODE_MAX_ROW_BYTES / 2)));
        send(pixels, count, round % 2 ? BOARD_ROW_SENT : BOARD_ROW_STORED);
        CHECK(native_sent_count == (size_t)count + LINK_ROW_HEADER_BYTES + 4);
        CHECK(memchr(native_sent, 0, native_sent_count) == native_sent + native_sent_count - 1);
        for (uint16_t i = 0; i < count; i++)
            CHECK(native_sent[LINK_ROW_HEADER_BYTES + i] == (pixels[i] == 0 ? 1 : pixels[i]));
        size_t covered = native_sent_count - 4;
        uint16_t crc = slow_crc(native_sent, covered);
        CHECK(native_sent[covered] == (0x80 | crc >> 14) && native_sent[covered + 1] == (0x80 | (crc >> 7 & 0x7F))
            && native_sent[covered + 2] == (0x80 | (crc & 0x7F)));
    }
}

static void compressed_rows_are_free_of_zeros_and_never_leave_seven_bits(void)
{
    uint8_t pixels[320], packed[160];
    dpcm_start();
    for (int round = 0; round < 300; round++) {
        for (int i = 0; i < 320; i++)
            pixels[i] = (uint8_t)(round == 0 ? 0 : round == 1 ? 255 : round % 3 == 0 ? (next_random() % 2) * 255 : next_random());
        send(pixels, 160, BOARD_ROW_COMPRESSED);
        CHECK(native_sent_count == 160 + LINK_ROW_HEADER_BYTES + 4);
        CHECK(memchr(native_sent, 0, native_sent_count) == native_sent + native_sent_count - 1);
        dpcm_encode(pixels, 320, packed);
        CHECK(memcmp(native_sent + LINK_ROW_HEADER_BYTES, packed, sizeof packed) == 0);
        int level = DPCM_FIRST_PREDICTION;
        for (int i = 0; i < 320; i++) {
            int target = pixels[i] >> 1, before = level, step = (int8_t)dpcm_steps[(uint8_t)(target - level)];
            level += step;
            CHECK_THAT(level >= 0 && level <= 127, "the level is %d", level);
            CHECK_THAT(before <= target ? level <= target && level >= before : level >= target && level <= before,
                "from %d to %d a step of %d", before, target, step);
        }
    }
}

static void every_mode_fits_the_line(void)
{
    static const uint32_t bauds[RATE_COUNT] = {500000, 1000000, 2000000};
    for (uint8_t rate = 0; rate < RATE_COUNT; rate++) {
        mode_use_rate((mode_rate_t)rate);
        for (uint8_t number = 0; number < MODE_COUNT; number++) {
            mode_t mode = mode_get(number);
            uint32_t byte_cycles = 160000000UL / bauds[rate], row_cycles = (uint32_t)mode_row_ticks(&mode) * BOARD_CYCLES_PER_TICK;
            uint32_t needed = (mode.row_bytes + 8 + 8) * byte_cycles; // the row, and a BELL or ACK
            CHECK_THAT(needed < row_cycles, "%u bit/s, mode %u: %u cycles needed, a row takes %u", bauds[rate], number, needed, row_cycles);
            const int whole_row = mode.width * (mode.format == LINK_YUV422 ? 2 : 1);
            CHECK(mode.row_bytes == (mode.kind == BOARD_ROW_COMPRESSED ? mode.width / 2 : whole_row));
            CHECK(mode.row_bytes <= MODE_MAX_ROW_BYTES && mode.row_bytes % 2 == 0);
            // Sent only behind the capture, a row must fit what is left of its time.
            if (mode.kind == BOARD_ROW_STORED)
                CHECK((mode.row_bytes + 8) * byte_cycles < row_cycles - (uint32_t)mode.row_bytes * mode.sample_cycles);
        }
    }
}

void test_rows(void)
{
    rows_are_free_of_zeros_and_checked();
    compressed_rows_are_free_of_zeros_and_never_leave_seven_bits();
    every_mode_fits_the_line();
}

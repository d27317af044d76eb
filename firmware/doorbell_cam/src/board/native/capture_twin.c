// The row loops of atmega328p/capture_row.S in C: the same bytes stored, the same bytes sent in the same order, the same CRC. What it
// cannot show is the timing; the simulator does.

#ifndef __AVR__

#include "../../link/crc.h"  // link_crc_update
#include "../../link/dpcm.h" // compressed rows
#include "../../link/link.h" // link_output
#include "../board.h"
#include "native.h"

static void send_one(board_row_t *row)
{
    uint8_t byte = *row->read++;
    link_output(byte);
    row->crc = link_crc_update(row->crc, byte);
}

static void compress(board_row_t *row)
{
    uint8_t packed[320];
    dpcm_encode(native_row, (uint16_t)(row->bytes * 2), packed);
    for (uint16_t i = 0; i < row->bytes; i++) {
        *row->write++ = packed[i];
        if (i % 2 == 0) // one byte leaves in the time of four pixels, when two of them are packed
            send_one(row);
    }
}

board_row_result_t board_capture_row(board_row_t *row, uint8_t sample_cycles, board_row_kind_t kind)
{
    (void)sample_cycles;
    if (native_row == 0)
        return BOARD_ROW_NO_HREF;
    if (kind == BOARD_ROW_COMPRESSED) {
        compress(row);
        return BOARD_ROW_WHOLE;
    }
    for (uint16_t i = 0; i < row->bytes; i++) {
        uint8_t byte = native_row[i];
        *row->write++ = byte == 0 ? 1 : byte;
        if (kind == BOARD_ROW_SENT && i % 2 == 0) // at most one byte leaves in the time of two samples, after the first of them
            send_one(row);
    }
    return BOARD_ROW_WHOLE;
}

void board_send_stored(board_row_t *row)
{
    while (row->read != row->write)
        send_one(row);
}

#else
typedef int capture_twin_is_not_for_the_chip;
#endif

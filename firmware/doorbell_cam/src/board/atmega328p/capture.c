// Chooses the row loop (capture_row.S) for a sample period.

#if defined(__AVR_ATmega328P__)

#include "../board.h"

uint8_t board_row_sending_32(board_row_t *row);
uint8_t board_row_sending_36(board_row_t *row);
uint8_t board_row_sending_40(board_row_t *row);
uint8_t board_row_sending_48(board_row_t *row);
uint8_t board_row_sending_68(board_row_t *row);
uint8_t board_row_sending_72(board_row_t *row);
uint8_t board_row_sending_80(board_row_t *row);
uint8_t board_row_sending_136(board_row_t *row);
uint8_t board_row_sending_144(board_row_t *row);
uint8_t board_row_storing_24(board_row_t *row);
uint8_t board_row_storing_32(board_row_t *row);
uint8_t board_row_compressing_24(board_row_t *row);
uint8_t board_row_compressing_40(board_row_t *row);
uint8_t board_row_compressing_80(board_row_t *row);

// A period without a loop is a mistake in capture/modes.c, which the tests run through for every mode and rate; here it looks like a silent
// camera.
static uint8_t sending(board_row_t *row, uint8_t sample_cycles)
{
    switch (sample_cycles) {
    case 32:
        return board_row_sending_32(row);
    case 36:
        return board_row_sending_36(row);
    case 40:
        return board_row_sending_40(row);
    case 48:
        return board_row_sending_48(row);
    case 68:
        return board_row_sending_68(row);
    case 72:
        return board_row_sending_72(row);
    case 80:
        return board_row_sending_80(row);
    case 136:
        return board_row_sending_136(row);
    case 144:
        return board_row_sending_144(row);
    default:
        return BOARD_ROW_NO_HREF;
    }
}

static uint8_t storing(board_row_t *row, uint8_t sample_cycles)
{
    switch (sample_cycles) {
    case 24:
        return board_row_storing_24(row);
    case 32:
        return board_row_storing_32(row);
    default:
        return BOARD_ROW_NO_HREF;
    }
}

static uint8_t compressing(board_row_t *row, uint8_t sample_cycles)
{
    switch (sample_cycles) {
    case 24:
        return board_row_compressing_24(row);
    case 40:
        return board_row_compressing_40(row);
    case 80:
        return board_row_compressing_80(row);
    default:
        return BOARD_ROW_NO_HREF;
    }
}

board_row_result_t board_capture_row(board_row_t *row, uint8_t sample_cycles, board_row_kind_t kind)
{
    uint8_t result = BOARD_ROW_NO_HREF;
    switch (kind) {
    case BOARD_ROW_STORED:
        result = storing(row, sample_cycles);
        break;
    case BOARD_ROW_SENT:
        result = sending(row, sample_cycles);
        break;
    case BOARD_ROW_COMPRESSED:
        result = compressing(row, sample_cycles);
        break;
    }
    board_trace(BOARD_TRACE_BUSY);
    return (board_row_result_t)result;
}

#endif

// Chooses the row loop (capture_row.S) for a sample period.

#if defined(__AVR_ATmega328P__)

#include "../../../config.h" // LINK_BAUD
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
uint8_t board_row_storing_48(board_row_t *row);
uint8_t board_row_storing_80(board_row_t *row);

// Only the loops that the serial rate can need are linked. A period without a loop is a mistake in capture/modes.h, which the tests run
// through for every mode and rate; here it looks like a silent camera.
board_row_result_t board_capture_row(board_row_t *row, uint8_t sample_cycles, bool sending)
{
    uint8_t result = BOARD_ROW_NO_HREF;
    if (sending) {
        switch (sample_cycles) {
#if LINK_BAUD == 2000000
        case 32:
            result = board_row_sending_32(row);
            break;
        case 36:
            result = board_row_sending_36(row);
            break;
        case 40:
            result = board_row_sending_40(row);
            break;
#elif LINK_BAUD == 1000000
        case 40:
            result = board_row_sending_40(row);
            break;
        case 48:
            result = board_row_sending_48(row);
            break;
        case 68:
            result = board_row_sending_68(row);
            break;
        case 72:
            result = board_row_sending_72(row);
            break;
#else
        case 72:
            result = board_row_sending_72(row);
            break;
        case 80:
            result = board_row_sending_80(row);
            break;
        case 136:
            result = board_row_sending_136(row);
            break;
        case 144:
            result = board_row_sending_144(row);
            break;
#endif
        default:
            break;
        }
    } else {
        switch (sample_cycles) {
#if LINK_BAUD == 2000000
        case 24:
            result = board_row_storing_24(row);
            break;
        case 32:
            result = board_row_storing_32(row);
            break;
#elif LINK_BAUD == 1000000
        case 48:
            result = board_row_storing_48(row);
            break;
#else
        case 80:
            result = board_row_storing_80(row);
            break;
#endif
        default:
            break;
        }
    }
    board_trace(BOARD_TRACE_BUSY);
    return (board_row_result_t)result;
}

#endif

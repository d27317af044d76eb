// Memory that the start does not clear. See kept.h.

#include "kept.h"
#include "../board/board.h" // BOARD_KEPT_OVER_RESETS, reset cause
#include "../link/crc.h"    // CRC

#define CHECK_START 0x1D0Fu // not the link's: a memory full of zeros must not pass for something kept

static struct {
    kept_t kept;
    uint16_t check;
} memory BOARD_KEPT_OVER_RESETS;

static uint16_t check_of(const kept_t *kept)
{
    const uint8_t bytes[] = {(uint8_t)kept->press, (uint8_t)(kept->press >> 8), kept->boot, kept->waiting, kept->closed};
    uint16_t crc = CHECK_START;
    for (uint8_t i = 0; i < sizeof bytes; i++)
        crc = link_crc_update(crc, bytes[i]);
    return crc;
}

bool kept_read(kept_t *kept)
{
    *kept = memory.kept;
    return !(board_reset_cause() & BOARD_RESET_BY_POWER_ON) && memory.check == check_of(kept);
}

void kept_write(const kept_t *kept)
{
    if (memory.kept.press == kept->press && memory.kept.boot == kept->boot && memory.kept.waiting == kept->waiting
        && memory.kept.closed == kept->closed)
        return;
    memory.kept = *kept;
    memory.check = check_of(kept);
}

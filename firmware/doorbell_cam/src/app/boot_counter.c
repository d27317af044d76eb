// The boot counter. See boot_counter.h.

#include "boot_counter.h"
#include "../board/board.h" // EEPROM

#define BOOT_MASK 0x7Fu

uint8_t boot_counter_next(void)
{
    // The newest cell is the one whose neighbour does not go on counting. An erased cell (FF) goes on from nothing.
    uint8_t newest = 0;
    for (uint8_t cell = 0; cell < BOOT_COUNTER_CELLS; cell++) {
        uint8_t value = board_eeprom_read(cell), next = board_eeprom_read((uint8_t)((cell + 1) % BOOT_COUNTER_CELLS));
        if (value <= BOOT_MASK && next != ((value + 1) & BOOT_MASK)) {
            newest = cell;
            break;
        }
    }
    uint8_t last = board_eeprom_read(newest);
    uint8_t boot = last <= BOOT_MASK ? (uint8_t)((last + 1) & BOOT_MASK) : 0;
    uint8_t target = last <= BOOT_MASK ? (uint8_t)((newest + 1) % BOOT_COUNTER_CELLS) : 0;
    board_eeprom_write(target, boot);
    return boot;
}

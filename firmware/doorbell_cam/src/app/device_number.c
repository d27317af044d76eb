// The device's number. See device_number.h.

#include "device_number.h"
#include "../board/board.h" // EEPROM, noise

#define EEPROM_NUMBER 44 // four cells, seven bits each, behind the alignments; an erased cell (FF) is no such part
#define CELLS 4
#define BITS 7
#define PART_MASK 0x7Fu

static uint32_t remembered(void)
{
    uint32_t number = 0;
    for (uint8_t i = 0; i < CELLS; i++) {
        uint8_t part = board_eeprom_read((uint8_t)(EEPROM_NUMBER + i));
        if (part > PART_MASK)
            return 0;
        number = number << BITS | part;
    }
    return number;
}

uint32_t device_number(void)
{
    uint32_t number = remembered();
    if (number != 0)
        return number;
    number = board_noise() >> (32 - CELLS * BITS);
    if (number == 0)
        number = 1;
    for (uint8_t i = 0; i < CELLS; i++)
        board_eeprom_write((uint8_t)(EEPROM_NUMBER + i), (uint8_t)(number >> (BITS * (CELLS - 1 - i)) & PART_MASK));
    return number;
}

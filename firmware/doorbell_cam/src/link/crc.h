// The CRC-16 of the link, one byte at a time: polynomial 1021 reflected, start FFFF, no inversion (docs/protocol.md).

#ifndef LINK_CRC_H
#define LINK_CRC_H

#include <stdint.h> // uint16_t

#define LINK_CRC_START 0xFFFFu

// Eight steps of the polynomial at once: a byte's effect on the register is itself, itself shifted by 4, and those two shifted by 3.
static inline uint16_t link_crc_update(uint16_t crc, uint8_t byte)
{
    byte ^= (uint8_t)crc;
    byte ^= (uint8_t)(byte << 4);
    return (uint16_t)(((uint16_t)byte << 8 | crc >> 8) ^ (uint16_t)(byte >> 4) ^ ((uint16_t)byte << 3));
}

#endif

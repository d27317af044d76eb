// Which bytes are commands. See command.h.

#include "command.h"

static uint8_t has_even_parity(uint8_t byte)
{
    byte ^= (uint8_t)(byte >> 4);
    byte ^= (uint8_t)(byte >> 2);
    byte ^= (uint8_t)(byte >> 1);
    return !(byte & 1);
}

uint8_t link_decode_command(uint8_t byte)
{
    if (!has_even_parity(byte))
        return LINK_COMMAND_NONE;
    uint8_t ascii = byte & 0x7F;
    if (ascii >= LINK_COMMAND_ACK_FIRST && ascii <= LINK_COMMAND_ACK_LAST)
        return ascii;
    if (ascii >= LINK_COMMAND_MODE_0 && ascii <= LINK_COMMAND_MODE_9)
        return ascii;
    switch (ascii) {
    case LINK_COMMAND_HELLO:
    case LINK_COMMAND_CAPTURE:
    case LINK_COMMAND_STREAM:
    case LINK_COMMAND_STOP:
    case LINK_COMMAND_BARS_ON:
    case LINK_COMMAND_BARS_OFF:
    case LINK_COMMAND_STATUS:
    case LINK_COMMAND_RESTART:
        return ascii;
    default:
        return LINK_COMMAND_NONE;
    }
}

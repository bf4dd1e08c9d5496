/* json.h — put members into a JSON object.
 */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include <jansson.h>
#include <stdint.h>

/* Takes the value over. */
void json_put(json_t *object, const char *key, json_t *value);

/* Nothing if the text is NULL. */
void json_put_text(json_t *object, const char *key, const char *text);

/* As "ms", with decimals only where they are needed. */
void json_put_length(json_t *object, int64_t length_us);

#endif

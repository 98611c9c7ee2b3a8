#ifndef RECONCILE_CLIBYAML_H
#define RECONCILE_CLIBYAML_H

#include <string.h>
#include <yaml.h>

/* Access to the members of an event's union through a pointer: Swift copies the union to read one of them. */

static inline const char *event_anchor(const yaml_event_t *event) {
    switch (event->type) {
    case YAML_ALIAS_EVENT: return (const char *)event->data.alias.anchor;
    case YAML_SCALAR_EVENT: return (const char *)event->data.scalar.anchor;
    case YAML_SEQUENCE_START_EVENT: return (const char *)event->data.sequence_start.anchor;
    case YAML_MAPPING_START_EVENT: return (const char *)event->data.mapping_start.anchor;
    default: return NULL;
    }
}

static inline const char *event_tag(const yaml_event_t *event) {
    switch (event->type) {
    case YAML_SCALAR_EVENT: return (const char *)event->data.scalar.tag;
    case YAML_SEQUENCE_START_EVENT: return (const char *)event->data.sequence_start.tag;
    case YAML_MAPPING_START_EVENT: return (const char *)event->data.mapping_start.tag;
    default: return NULL;
    }
}

static inline const unsigned char *scalar_text(const yaml_event_t *event) { return event->data.scalar.value; }

static inline size_t scalar_length(const yaml_event_t *event) { return event->data.scalar.length; }

/* Whether the source has the text of a scalar as it is; the source must have as many bytes left. */
static inline int scalar_is(const yaml_event_t *event, const unsigned char *source) {
    return memcmp(event->data.scalar.value, source, event->data.scalar.length) == 0;
}

static inline const char *scalar_tag(const yaml_event_t *event) { return (const char *)event->data.scalar.tag; }

static inline const char *scalar_anchor(const yaml_event_t *event) { return (const char *)event->data.scalar.anchor; }

static inline yaml_scalar_style_t scalar_style(const yaml_event_t *event) { return event->data.scalar.style; }

/* Whether a sequence or mapping is written in brackets. */
static inline int is_flow(const yaml_event_t *event) {
    return event->type == YAML_SEQUENCE_START_EVENT
        ? event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
        : event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
}

/* Whether a document's start or end is not marked with `---` or `...`. */
static inline int is_implicit(const yaml_event_t *event) {
    return event->type == YAML_DOCUMENT_START_EVENT
        ? event->data.document_start.implicit
        : event->data.document_end.implicit;
}

#endif

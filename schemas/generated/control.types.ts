// Generated from schemas/control.openapi.yaml by `npm run generate`.

export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell what this target is and what can be controlled.
         * @description The suite asks this first, and tests only what the features name.
         */
        get: operations["describeControl"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move the clock forward.
         * @description The clock decides about the expiry of keys and about nothing else. It never goes back.
         */
        post: operations["advanceControlClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a key.
         * @description Without a project the key belongs to the project of the keys that were supplied to the run.
         */
        post: operations["createControlKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a key for good.
         * @description The key is rejected from then on; nothing brings it back.
         */
        delete: operations["revokeControlKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys/{id}/regenerate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the secret of a key.
         * @description Id, project and permission stay. When this answer is sent the old secret is invalid already and the new one works.
         */
        post: operations["regenerateControlKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a project, or answer the one that has this name already.
         * @description Asking for the same name again answers the same project, so that repeated runs leave nothing growing.
         */
        post: operations["createControlProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AdvanceClockRequest: {
            advance_by: number;
        };
        ControlClock: {
            /** @description Unix seconds. */
            now: number;
        };
        ControlDescription: {
            features: string[];
            implementation: {
                name: string;
                /** Format: uri */
                url?: string;
                version: string;
            };
            /**
             * Format: uri
             * @description Where the public keys are, if they are public.
             */
            jwks_url?: string;
        };
        ControlKey: {
            id: string;
            key: string;
            permission: components["schemas"]["Permission"];
            project_id: string;
        };
        ControlProject: {
            id: string;
            name: string;
        };
        CreateKeyRequest: {
            /** @description Seconds until the key expires; without it the key never does. */
            expires_in?: number;
            permission: components["schemas"]["Permission"];
            project_id?: string;
        };
        CreateProjectRequest: {
            name: string;
        };
        /** @enum {string} */
        Permission: "read" | "write";
    };
    responses: {
        /** @description Why not, as a JSON object. */
        Refused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": Record<string, unknown>;
            };
        };
    };
    parameters: {
        /**
         * @description The id of the key, as the answer to its creation has it.
         * @example key-1
         */
        KeyId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    describeControl: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The description. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControlDescription"];
                };
            };
            401: components["responses"]["Refused"];
        };
    };
    advanceControlClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdvanceClockRequest"];
            };
        };
        responses: {
            /** @description The new time. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControlClock"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
        };
    };
    createControlKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateKeyRequest"];
            };
        };
        responses: {
            /** @description The key. It is shown in this answer only. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControlKey"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
        };
    };
    revokeControlKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the key, as the answer to its creation has it.
                 * @example key-1
                 */
                id: components["parameters"]["KeyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key is invalid when this answer is sent. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
        };
    };
    regenerateControlKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the key, as the answer to its creation has it.
                 * @example key-1
                 */
                id: components["parameters"]["KeyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key with its new secret. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControlKey"];
                };
            };
            401: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
        };
    };
    createControlProject: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateProjectRequest"];
            };
        };
        responses: {
            /** @description The project of that name, new or not. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControlProject"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
        };
    };
}

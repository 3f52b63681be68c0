// Generated from schemas/mufi.openapi.yaml by `npm run generate`.

export interface paths {
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of the project.
         * @description Mufi names this operation without giving its path. The path and the answer are a guess that follows the other operations; a target without it is not at fault.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{IdOrReferenceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one event by its id or by its reference id.
         * @description Needs a read key. The path takes either of the two.
         */
        get: operations["getEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/attendees/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register an attendee, or update the times of one.
         * @description Needs a write key. The attendee is named in the body, by user id, e-mail address or reference id.
         */
        post: operations["registerAttendee"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create an event.
         * @description Needs a write key. The event belongs to the project of the key.
         */
        post: operations["createEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change an event.
         * @description The event is chosen in the body. Mufi does not publish the names of the choosing fields; `id` and `reference_id` follow the answer.
         */
        put: operations["updateEvent"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a product.
         * @description Needs a write key. A product belongs to one event; one that mints NFTs also needs its metadata and its chain.
         */
        post: operations["createProduct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one product together with its event.
         * @description Needs a read key.
         */
        get: operations["getProduct"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Issue items of a product to users.
         * @description Needs a write key. The users are named in the body by their ids or e-mail addresses, up to 550 of each.
         */
        post: operations["issueProductItems"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{id}/items/redeem": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Redeem an item once.
         * @description Needs a write key. An item can be redeemed as often as its product says.
         */
        post: operations["redeemProductItem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{id}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move an item from one user to another.
         * @description Needs a write key. Sender and recipient are named in the body, each by e-mail address or user id.
         */
        post: operations["transferProductItem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark a user as active from now on.
         * @description Needs a write key. The user is named in the body, by e-mail address, reference id or id.
         */
        post: operations["activateUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/activation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell whether a user is active and since when.
         * @description Needs a read key. The user is named in the body, by e-mail address, reference id or id.
         */
        post: operations["getUserActivation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/balances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read what the wallets of a user hold.
         * @description Needs a read key. The answer has one entry for each wallet, with a code that says how reading it went.
         */
        post: operations["getUserBalances"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create users in bulk; their wallets follow asynchronously.
         * @description Needs a write key. Takes up to 1,500 users; the answer comes before their wallets are there.
         */
        post: operations["createUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/fetch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Page through the users of the project.
         * @description Needs a read key. `limit` and `offset` in the body choose the page; `total` counts all users.
         */
        post: operations["fetchUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look up one user together with the wallets.
         * @description Needs a read key. The user is named in the body, by e-mail address, reference id or id.
         */
        post: operations["getUserProfile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the version of the API.
         * @description Needs a read key.
         */
        get: operations["getVersion"];
        put?: never;
        post?: never;
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
        ActivationResponse: {
            /** Format: date-time */
            activatedOn: string | null;
            isActivated: boolean;
        };
        AssetBalance: {
            asset_id?: string;
            balance?: string;
            decimals?: number;
            lock?: string;
            name?: string;
            symbol?: string;
        };
        BalancesResponse: components["schemas"]["WalletBalance"][];
        CreatedEventResponse: {
            address: string;
            end_date: number;
            location: string;
            start_date: number;
        } & WithRequired<components["schemas"]["EventResponse"], "start_date" | "end_date" | "location" | "address">;
        CreateEventRequest: {
            address: string;
            description?: string;
            end_date: number;
            location: string;
            name: string;
            reference_id?: components["schemas"]["Text"];
            start_date: number;
        };
        CreateProductItemRequest: {
            emails?: string[];
            product_id: components["schemas"]["Id"];
            users?: components["schemas"]["Id"][];
        } & (unknown | unknown);
        CreateUsersRequest: components["schemas"]["NewUser"][];
        /** @description Mufi does not publish the fields, so any object will do. */
        ErrorBody: Record<string, unknown>;
        EventAttendeeResponse: {
            checked_in_at?: components["schemas"]["Seconds"];
            created_at?: components["schemas"]["Moment"];
            event?: Record<string, unknown>;
            event_id?: components["schemas"]["Id"];
            id?: components["schemas"]["Id"];
            registered_at?: components["schemas"]["Seconds"];
            updated_at?: components["schemas"]["Moment"];
            user?: components["schemas"]["User"];
        };
        /** @description The shape is not published; both usual ones are taken. */
        EventList: components["schemas"]["EventResponse"][] | {
            events?: components["schemas"]["EventResponse"][];
            total?: number;
        };
        EventResponse: {
            address?: components["schemas"]["Text"];
            created_at: components["schemas"]["Moment"];
            description?: components["schemas"]["Text"];
            end_date?: components["schemas"]["Seconds"];
            id: components["schemas"]["Id"];
            location?: components["schemas"]["Text"];
            name: string;
            project_id: components["schemas"]["Id"];
            reference_id?: components["schemas"]["Text"];
            start_date?: components["schemas"]["Seconds"];
            updated_at: components["schemas"]["Moment"];
        };
        GetManyUsersRequest: {
            /** @default 10 */
            limit: number;
            /** @default 0 */
            offset: number;
        };
        GetManyUsersResponse: {
            total: number;
            users: components["schemas"]["User"][];
        };
        /** Format: uuid */
        Id: string;
        InvalidBody: {
            errors: string[];
        };
        ItemFields: {
            created_at?: components["schemas"]["Moment"];
            id?: components["schemas"]["Id"];
            is_fully_redeemed?: boolean;
            item_id?: number;
            product?: Record<string, unknown>;
            product_id?: components["schemas"]["Id"];
            redeemed_at?: components["schemas"]["Seconds"];
            redemption_count?: number;
            redemption_quantity?: number;
            updated_at?: components["schemas"]["Moment"];
            user?: components["schemas"]["Person"];
        };
        MessageResponse: {
            message: string;
        };
        /**
         * Format: date-time
         * @description An instant as RFC 3339 text.
         */
        Moment: string;
        NewUser: {
            /** Format: email */
            email: string;
            firstName?: components["schemas"]["Text"];
            lastName?: components["schemas"]["Text"];
            referenceId?: components["schemas"]["Text"];
        };
        Person: {
            /** Format: email */
            email?: string;
            first_name?: components["schemas"]["Text"];
            id?: components["schemas"]["Id"];
            last_name?: components["schemas"]["Text"];
        };
        Product: WithRequired<components["schemas"]["ProductFields"], "type" | "name" | "event_id">;
        ProductFields: {
            active?: boolean;
            /** @description Mufi shows a single value and no complete list. */
            chain?: string | null;
            description?: string | null;
            event_id?: components["schemas"]["Id"];
            is_claimable?: boolean;
            is_transferable?: boolean;
            /** @description How many items may exist; null for any number. */
            max_items?: number | null;
            /** @description How many items one user may hold; null for any number. */
            max_per_account?: number | null;
            /** Format: uri */
            metadata_uri?: string | null;
            min_rep_balance?: number | null;
            mint_nft?: boolean | null;
            name?: string;
            /** @description A decimal number as text. */
            price?: string | null;
            /** @description How often one item can be redeemed. */
            redemption_quantity?: number | null;
            /** @description How many may be sold; null for any number. */
            stock?: number | null;
            /** @enum {string} */
            type?: "admission" | "presale" | "perks";
        };
        ProductItem: WithRequired<components["schemas"]["ItemFields"], "id" | "created_at" | "updated_at" | "product_id" | "item_id" | "redemption_count" | "redemption_quantity" | "is_fully_redeemed">;
        ProductItemsResponse: {
            items: components["schemas"]["ItemFields"][];
        };
        ProductResponse: {
            created_at: components["schemas"]["Moment"];
            event: Record<string, unknown>;
            id: components["schemas"]["Id"];
            updated_at: components["schemas"]["Moment"];
        } & WithRequired<components["schemas"]["ProductFields"], "type" | "name" | "event_id">;
        RedeemProductItemRequest: {
            product_item_id: components["schemas"]["Id"];
        };
        RegisterEventAttendeeRequest: {
            checked_in_at?: components["schemas"]["Seconds"];
            /** Format: email */
            email?: string;
            event_id: components["schemas"]["Id"];
            reference_id?: components["schemas"]["Text"];
            registered_at?: number | null;
            user_id?: components["schemas"]["Id"];
        } & (unknown | unknown | unknown);
        /** @description An instant in Unix seconds that may be absent. */
        Seconds: number | null;
        /** @description Text that may be absent. */
        Text: string | null;
        TransferProductItemRequest: {
            product_item_id: components["schemas"]["Id"];
            /** Format: email */
            recipient_email?: string;
            recipient_user_id?: components["schemas"]["Id"];
            /** Format: email */
            sender_email?: string;
            sender_user_id?: components["schemas"]["Id"];
        };
        TransferResponse: {
            new_owner: components["schemas"]["Person"];
            previous_owner: components["schemas"]["Person"];
            product_item: {
                id?: components["schemas"]["Id"];
            };
            transferred_at: number;
        };
        UpdateEventRequest: {
            description?: string;
            end_date?: number | null;
            id?: components["schemas"]["Id"];
            name?: string;
            reference_id?: string;
            start_date?: number | null;
        };
        User: {
            /** Format: date-time */
            activatedOn?: string | null;
            /** Format: email */
            email?: string;
            firstName?: components["schemas"]["Text"];
            id?: components["schemas"]["Id"];
            isActivated?: boolean;
            lastName?: components["schemas"]["Text"];
            referenceId?: components["schemas"]["Text"];
            wallets?: components["schemas"]["Wallet"][];
        };
        /** @description One way to name a user; of several, the e-mail address wins over the reference id over the id. */
        UserRequest: {
            /** Format: email */
            email?: string;
            id?: components["schemas"]["Id"];
            referenceId?: string;
        };
        UserResponse: WithRequired<components["schemas"]["User"], "id" | "isActivated" | "activatedOn" | "wallets">;
        /** @description Mufi does not publish the answer, so any JSON value will do. */
        VersionResponse: unknown;
        Wallet: {
            address?: string;
            custody?: string;
            id?: string;
            type?: string;
        };
        WalletBalance: {
            address: string;
            /** @description How the retrieval of this wallet went. */
            code: number;
            data: components["schemas"]["AssetBalance"][] | null;
            generated_at: number;
            message: string;
            /** @enum {string} */
            type: "Polkadot";
        };
    };
    responses: {
        /** @description The key is valid and its permission level does not reach this operation. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The request does not fit the contract. */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["InvalidBody"];
            };
        };
        /** @description The project of the key has no such thing. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The caller has to slow down. */
        TooMany: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description No key was presented, or not one that is valid now. */
        Unauthorized: {
            headers: {
                /** @description At least one challenge, as HTTP asks of this status. */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The request is well formed and its rules forbid it now. */
        Unprocessable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
    };
    parameters: {
        /** @description The UUID of the event, or the reference id that its creator chose. */
        IdOrReferenceId: string;
        /**
         * @description How many entries a page holds.
         * @example 10
         */
        Limit: number;
        /**
         * @description Which page to answer, counted from one.
         * @example 1
         */
        Page: number;
        /**
         * @description The UUID of the product.
         * @example 019a41c2-8e6f-7d4c-8a21-6b7c8d9e0f1a
         */
        ProductId: components["schemas"]["Id"];
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listEvents: {
        parameters: {
            query?: {
                /**
                 * @description How many entries a page holds.
                 * @example 10
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Which page to answer, counted from one.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventList"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
        };
    };
    getEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The UUID of the event, or the reference id that its creator chose. */
                IdOrReferenceId: components["parameters"]["IdOrReferenceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventResponse"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
        };
    };
    registerAttendee: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterEventAttendeeRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventAttendeeResponse"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
        };
    };
    createEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateEventRequest"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedEventResponse"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
        };
    };
    updateEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateEventRequest"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventResponse"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
        };
    };
    createProduct: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Product"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductResponse"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
        };
    };
    getProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The UUID of the product.
                 * @example 019a41c2-8e6f-7d4c-8a21-6b7c8d9e0f1a
                 */
                id: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductResponse"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
        };
    };
    issueProductItems: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The UUID of the product.
                 * @example 019a41c2-8e6f-7d4c-8a21-6b7c8d9e0f1a
                 */
                id: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateProductItemRequest"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductItemsResponse"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
        };
    };
    redeemProductItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The UUID of the product.
                 * @example 019a41c2-8e6f-7d4c-8a21-6b7c8d9e0f1a
                 */
                id: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RedeemProductItemRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductItem"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
        };
    };
    transferProductItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The UUID of the product.
                 * @example 019a41c2-8e6f-7d4c-8a21-6b7c8d9e0f1a
                 */
                id: components["parameters"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransferProductItemRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferResponse"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
        };
    };
    activateUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActivationResponse"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
        };
    };
    getUserActivation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActivationResponse"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
        };
    };
    getUserBalances: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BalancesResponse"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
        };
    };
    createUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateUsersRequest"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageResponse"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
        };
    };
    fetchUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GetManyUsersRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetManyUsersResponse"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
        };
    };
    getUserProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserResponse"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
        };
    };
    getVersion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionResponse"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooMany"];
        };
    };
}
type WithRequired<T, K extends keyof T> = T & {
    [P in K]-?: T[P];
};

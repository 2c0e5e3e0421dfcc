// A program of another agency: it books, with types that a generator made from the document. That it compiles
// is what is tested; e2e/agency has programs in other languages that run.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"

	_ "example/clients/identity"
	_ "example/clients/notification"
	_ "example/clients/portal"
	"example/clients/slot"
)

func main() {
	if err := book(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// book holds what the request names at the authority whose API is at address, for whoever the token is of, and
// confirms it.
func book(address, token, attendee string) error {
	authorize := func(_ context.Context, request *http.Request) error {
		request.Header.Set("Authorization", "Bearer "+token)
		return nil
	}
	client, err := slot.NewClientWithResponses(address, slot.WithRequestEditorFn(authorize))
	if err != nil {
		return err
	}
	services, err := client.ListServicesWithResponse(context.Background(), &slot.ListServicesParams{})
	if err != nil {
		return err
	}
	if services.JSON200 == nil {
		return fmt.Errorf("%s: %s", services.Status(), services.Body)
	}
	return nil
}

// A program of another agency: it books, with types that a generator made from the document. That it compiles
// is what is tested; e2e/agency has programs in other languages that run.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"time"

	_ "example/clients/identity"
	_ "example/clients/notification"
	_ "example/clients/portal"
	"example/clients/slot"
)

func main() {
	start, err := time.Parse(time.RFC3339, os.Args[4])
	if err == nil {
		err = book(context.Background(), os.Args[1], os.Args[2], os.Args[3], start)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// book holds a seat at the authority whose API is at address, for whoever the token is of, and confirms it.
func book(ctx context.Context, address, token, attendee string, start time.Time) error {
	authorize := func(_ context.Context, request *http.Request) error {
		request.Header.Set("Authorization", "Bearer "+token)
		return nil
	}
	client, err := slot.NewClientWithResponses(address, slot.WithRequestEditorFn(authorize))
	if err != nil {
		return err
	}
	wanted := slot.HoldRequest{Location: "rathaus-mitte", Services: []slot.ServiceId{"personalausweis"}, Start: start}
	held, err := client.HoldSlotWithResponse(ctx, &slot.HoldSlotParams{}, wanted)
	if err != nil {
		return err
	}
	if held.JSON201 == nil {
		return fmt.Errorf("no hold, %s: %s", held.Status(), held.Body)
	}
	confirmation := slot.Confirmation{HoldToken: held.JSON201.HoldToken, Attendee: attendee, Language: "de"}
	key := slot.ConfirmBookingParams{IdempotencyKey: string(held.JSON201.HoldId)}
	booked, err := client.ConfirmBookingWithResponse(ctx, &key, confirmation)
	if err != nil {
		return err
	}
	if booked.JSON201 == nil {
		return fmt.Errorf("not booked, %s: %s", booked.Status(), booked.Body)
	}
	fmt.Println(booked.JSON201.Code)
	return nil
}
